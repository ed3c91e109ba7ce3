/** How fast the recorder and the replayer are. */
@NullMarked
package com.phonemos.scim.conformance.bench;

import org.jspecify.annotations.NullMarked;
