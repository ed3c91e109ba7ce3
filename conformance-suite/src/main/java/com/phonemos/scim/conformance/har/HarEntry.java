package com.phonemos.scim.conformance.har;

import com.phonemos.scim.conformance.wire.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One exchange of a session.
 *
 * @param url absolute, as sent
 * @param status 0 where no answer came
 * @param mimeType of the answer
 * @param comment why it was sent, where the recorder knows
 */
public record HarEntry(
    Instant startedAt,
    Duration took,
    String method,
    String url,
    List<Header> requestHeaders,
    Optional<String> requestBody,
    int status,
    List<Header> responseHeaders,
    String mimeType,
    String responseBody,
    String comment) {
  /** When its answer was there. */
  public Instant endedAt() {
    return startedAt.plus(took);
  }

  /** A header of the request. */
  public Optional<String> requestHeader(String name) {
    return find(requestHeaders, name);
  }

  /** A header of the answer. */
  public Optional<String> responseHeader(String name) {
    return find(responseHeaders, name);
  }

  /**
   * Path and query below the SCIM base URL, whatever that was: from the first segment that is an
   * endpoint of RFC 7644 §3.2.
   */
  public String target() {
    String rest = url.replaceFirst("^[a-z]+://[^/?]*", "");
    String path = rest.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT);
    int first = -1;
    for (String endpoint :
        List.of(
            "/users",
            "/groups",
            "/bulk",
            "/me",
            "/serviceproviderconfig",
            "/schemas",
            "/resourcetypes",
            "/.search")) {
      int at = path.indexOf(endpoint);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first < 0 ? rest : rest.substring(first);
  }

  private static Optional<String> find(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Method and status: targets and bodies hold personal data. */
  @Override
  public String toString() {
    return method + " " + status;
  }
}
