/** Cases of RFC 7644, one class a section. */
@NullMarked
package com.phonemos.scim.conformance.rfc7644;

import org.jspecify.annotations.NullMarked;
