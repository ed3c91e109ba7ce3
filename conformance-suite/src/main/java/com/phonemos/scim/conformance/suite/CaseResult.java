package com.phonemos.scim.conformance.suite;

import com.phonemos.scim.conformance.wire.Exchange;
import java.util.List;

/**
 * A case that was run, or skipped.
 *
 * @param exchanges all of them, in the order their answers came
 * @param startNanos from the start of the run
 */
public record CaseResult(
    Case checked, Verdict verdict, List<Exchange> exchanges, long startNanos, long nanos) {}
