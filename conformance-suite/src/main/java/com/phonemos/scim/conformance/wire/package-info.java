/** HTTP as the cases see it: requests, answers, and every exchange kept for the report. */
@NullMarked
package com.phonemos.scim.conformance.wire;

import org.jspecify.annotations.NullMarked;
