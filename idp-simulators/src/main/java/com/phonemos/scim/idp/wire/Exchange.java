package com.phonemos.scim.idp.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One request as it was sent, and what came back. Holds the bearer token; see {@link
 * Header#secret}.
 *
 * @param number how many requests the client had sent before
 * @param request what was asked
 * @param target path and query as sent
 * @param headers the headers as sent
 * @param answer what came back
 * @param startedAt when it was sent, on the wall clock
 * @param latency from the call to the last byte of the answer
 */
public record Exchange(
    long number,
    ScimRequest request,
    String target,
    List<Header> headers,
    ScimAnswer answer,
    Instant startedAt,
    Duration latency) {
  /** Method, target and status: bodies hold personal data and passwords. */
  @Override
  public String toString() {
    return request.method() + " " + target + " " + answer.status();
  }
}
