/** What a client asks of a list: filter, order, page and attributes (RFC 7644 §3.4.2, RFC 9865). */
@NullMarked
package com.phonemos.scim.engine.scim.search;

import org.jspecify.annotations.NullMarked;
