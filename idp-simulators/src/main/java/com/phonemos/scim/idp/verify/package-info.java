/** Reads a SCIM endpoint back and compares it with what the identity provider put there. */
@NullMarked
package com.phonemos.scim.idp.verify;

import org.jspecify.annotations.NullMarked;
