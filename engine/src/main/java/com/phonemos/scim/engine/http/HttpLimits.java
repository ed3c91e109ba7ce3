package com.phonemos.scim.engine.http;

import java.time.Duration;

/**
 * Bounds of the SCIM endpoint.
 *
 * @param bodyBytes of one request
 * @param bulkBytes of one bulk request
 * @param requestLineBytes long enough for the longest filter, percent-encoded
 * @param headerBytes all headers of a request together
 * @param defaultPage resources of a list whose client names no {@code count}
 * @param maxPage resources of a list at most, announced in ServiceProviderConfig
 * @param answeredMembers a PATCH of a larger group is answered 204 unless it asks for attributes
 * @param cursorTimeout how long a cursor may be used, announced in ServiceProviderConfig
 * @param timeout of a command, from the endpoint's view
 */
public record HttpLimits(
    long bodyBytes,
    long bulkBytes,
    int requestLineBytes,
    int headerBytes,
    int defaultPage,
    int maxPage,
    int answeredMembers,
    Duration cursorTimeout,
    Duration timeout,
    Traffic traffic) {
  private static final int REQUEST_LINE_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 16 << 10;

  /**
   * A cursor names a place, which stays right; but what a client has shown once should not last.
   */
  private static final Duration CURSOR_TIMEOUT = Duration.ofHours(1);

  /**
   * How much may come, and how slowly.
   *
   * @param connections open at a time, of all clients
   * @param tenantRequests of one tenant under way at a time
   * @param tenantRate requests of one tenant per second; 0 for any number
   * @param gzipBytes answers at least this long are compressed for clients that ask; 0 for none
   * @param headers time for a connection's first request to arrive
   * @param idle time between the requests of a connection
   * @param body time for a request's body to arrive
   */
  public record Traffic(
      int connections,
      int tenantRequests,
      int tenantRate,
      int gzipBytes,
      Duration headers,
      Duration idle,
      Duration body) {
    private static final Duration HEADERS = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration BODY = Duration.ofSeconds(30);

    /** The bounds that are configured, and the fixed ones. */
    public static Traffic of(int connections, int tenantRequests, int tenantRate, int gzipBytes) {
      return new Traffic(connections, tenantRequests, tenantRate, gzipBytes, HEADERS, IDLE, BODY);
    }
  }

  /** The bounds that are configured, and the fixed ones. */
  public static HttpLimits of(
      long bodyBytes,
      int defaultPage,
      int maxPage,
      int answeredMembers,
      Traffic traffic,
      Duration timeout) {
    return new HttpLimits(
        bodyBytes,
        2 * bodyBytes,
        REQUEST_LINE_BYTES,
        HEADER_BYTES,
        defaultPage,
        maxPage,
        answeredMembers,
        CURSOR_TIMEOUT,
        timeout,
        traffic);
  }
}
