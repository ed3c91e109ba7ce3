/** The result of a run, for people and for machines. */
@NullMarked
package com.phonemos.scim.conformance.report;

import org.jspecify.annotations.NullMarked;
