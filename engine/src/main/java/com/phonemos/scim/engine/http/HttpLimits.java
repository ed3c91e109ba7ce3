package com.phonemos.scim.engine.http;

import java.time.Duration;

/**
 * Bounds of the SCIM endpoint.
 *
 * @param bodyBytes of one request
 * @param requestLineBytes long enough for the longest filter, percent-encoded
 * @param headerBytes all headers of a request together
 * @param defaultPage resources of a list whose client names no {@code count}
 * @param maxPage resources of a list at most, announced in ServiceProviderConfig
 * @param answeredMembers a PATCH or PUT of a larger group is answered 204
 * @param timeout of a command, from the endpoint's view
 */
public record HttpLimits(
    long bodyBytes,
    int requestLineBytes,
    int headerBytes,
    int defaultPage,
    int maxPage,
    int answeredMembers,
    Duration timeout) {
  private static final int REQUEST_LINE_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 16 << 10;

  /** The bounds that are configured, and the fixed ones. */
  public static HttpLimits of(
      long bodyBytes, int defaultPage, int maxPage, int answeredMembers, Duration timeout) {
    return new HttpLimits(
        bodyBytes,
        REQUEST_LINE_BYTES,
        HEADER_BYTES,
        defaultPage,
        maxPage,
        answeredMembers,
        timeout);
  }
}
