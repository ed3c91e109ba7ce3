/** Cases of RFC 9865, cursor-based pagination. */
@NullMarked
package com.phonemos.scim.conformance.rfc9865;

import org.jspecify.annotations.NullMarked;
