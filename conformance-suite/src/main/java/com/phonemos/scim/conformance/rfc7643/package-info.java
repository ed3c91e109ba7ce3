/** Cases of RFC 7643, one class a section. */
@NullMarked
package com.phonemos.scim.conformance.rfc7643;

import org.jspecify.annotations.NullMarked;
