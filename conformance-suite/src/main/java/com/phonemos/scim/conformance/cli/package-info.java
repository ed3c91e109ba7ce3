/** The program {@code scim-conformance}. */
@NullMarked
package com.phonemos.scim.conformance.cli;

import org.jspecify.annotations.NullMarked;
