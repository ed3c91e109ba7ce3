/** Sessions as HTTP Archive 1.2: read and written as streams, so that size does not matter. */
@NullMarked
package com.phonemos.scim.conformance.har;

import org.jspecify.annotations.NullMarked;
