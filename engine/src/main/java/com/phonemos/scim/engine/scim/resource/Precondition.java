package com.phonemos.scim.engine.scim.resource;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code If-Match} or {@code If-None-Match} header (RFC 9110 §13.1).
 *
 * @param any true for {@code *}
 * @param etags entity tags as sent, without the weakness mark: RFC 7644 §3.14 compares weakly
 */
public record Precondition(boolean any, Set<String> etags) {
  public Precondition {
    etags = Set.copyOf(etags);
  }

  /** Reads a header; empty when it is absent. What is no entity tag matches nothing. */
  public static Optional<Precondition> parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    if (header.strip().equals("*")) {
      return Optional.of(new Precondition(true, Set.of()));
    }
    Set<String> etags = new HashSet<>();
    for (String part : header.split(",", -1)) {
      etags.add(strong(part.strip()));
    }
    return Optional.of(new Precondition(false, etags));
  }

  public boolean matches(Version version) {
    return any || etags.contains(strong(version.etag()));
  }

  private static String strong(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }
}
