package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An exchange of a tenant whose exchanges are recorded; nobody waits for what becomes of it.
 * Tokens, cookies and secrets in the URL are taken out already, passwords in bodies are not.
 *
 * @param url absolute, as it was asked for
 * @param whole false: the rest of a long answer is left out
 */
public record Recorded(
    TenantId tenant,
    UUID recording,
    Instant startedAt,
    Duration took,
    String method,
    String url,
    List<Header> requestHeaders,
    Optional<String> requestBody,
    int status,
    List<Header> responseHeaders,
    String responseBody,
    boolean whole) {

  /** One header field, in the order and the case it came in. */
  public record Header(String name, String value) {}

  /** Without what was said, which is personal. */
  @Override
  public String toString() {
    return "Recorded[recording=%s, method=%s, status=%d]".formatted(recording, method, status);
  }
}
