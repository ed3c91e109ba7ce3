/**
 * Identity providers that act on every change by itself: OneLogin, JumpCloud, and a client that
 * follows the RFCs to the letter.
 */
@NullMarked
package com.phonemos.scim.idp.direct;

import org.jspecify.annotations.NullMarked;
