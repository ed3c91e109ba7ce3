/** A proxy that writes what passes through it to an archive. */
@NullMarked
package com.phonemos.scim.conformance.record;

import org.jspecify.annotations.NullMarked;
