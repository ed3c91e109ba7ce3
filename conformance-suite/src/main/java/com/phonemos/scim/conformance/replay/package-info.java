/** Plays a session against another server and tells what is different. */
@NullMarked
package com.phonemos.scim.conformance.replay;

import org.jspecify.annotations.NullMarked;
