/** The conformance suite against this engine. */
@NullMarked
package com.phonemos.scim.engine.conformance;

import org.jspecify.annotations.NullMarked;
