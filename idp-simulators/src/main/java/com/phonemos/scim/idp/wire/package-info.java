/** SCIM over HTTP exactly as an identity provider sends it: every byte is chosen by the caller. */
@NullMarked
package com.phonemos.scim.idp.wire;

import org.jspecify.annotations.NullMarked;
