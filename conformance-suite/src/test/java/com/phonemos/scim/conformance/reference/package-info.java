/** A small SCIM server that is right, and that can be told to be wrong in one way at a time. */
@NullMarked
package com.phonemos.scim.conformance.reference;

import org.jspecify.annotations.NullMarked;
