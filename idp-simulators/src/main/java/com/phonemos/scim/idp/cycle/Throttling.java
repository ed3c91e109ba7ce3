package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.wire.ScimAnswer;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client does when it is answered 429 (RFC 6585 §4).
 *
 * @param attempts how often a request is sent in all; with 1 a 429 is a failure like any other
 * @param untold how long it waits when {@code Retry-After} is missing or no whole number of seconds
 * @param growth by what {@code untold} is multiplied each time
 * @param suspendsAll whether all requests wait, or only the one that was refused
 */
public record Throttling(int attempts, Duration untold, int growth, boolean suspendsAll) {
  /** The whole seconds of {@code Retry-After}; clients read no other form of it. */
  static Optional<Duration> retryAfter(ScimAnswer answer) {
    return answer instanceof ScimAnswer.Received received
        ? received
            .header("Retry-After")
            .filter(value -> value.matches("\\d{1,9}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }
}
