package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A request was answered: for the request log, which nobody waits for.
 *
 * @param tenant absent where the token is not known
 * @param requestId as answered in {@code X-Request-Id}
 * @param operation what the route does, such as {@code create}; {@code none} where there is none
 * @param name the user name or display name in the body; the log keeps only its hash
 * @param filter as it was sent; the log keeps only its shape
 * @param detail of an error answer
 */
public record Answered(
    Optional<TenantId> tenant,
    Optional<UUID> token,
    Instant at,
    String requestId,
    String method,
    String operation,
    Optional<String> resourceType,
    Optional<UUID> resourceId,
    Optional<String> name,
    Optional<String> filter,
    int status,
    Optional<String> scimType,
    Optional<String> detail,
    long nanos) {
  /** Without name and filter, which may be personal. */
  @Override
  public String toString() {
    return "Answered[requestId=%s, status=%d]".formatted(requestId, status);
  }
}
