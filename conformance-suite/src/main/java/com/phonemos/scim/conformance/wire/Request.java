package com.phonemos.scim.conformance.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a server.
 *
 * @param target path below the base URL, with the query, percent-encoded
 * @param token bearer token, if one is sent
 */
public record Request(
    String method,
    String target,
    List<Header> headers,
    Optional<String> token,
    Optional<String> body) {
  /** The media type of RFC 7644 §8.1. */
  public static final String SCIM_JSON = "application/scim+json";

  /** The same request with a header in place of those of the same name. */
  public Request with(String name, String value) {
    List<Header> changed = new ArrayList<>(headers);
    changed.removeIf(header -> header.name().equalsIgnoreCase(name));
    changed.add(new Header(name, value));
    return new Request(method, target, List.copyOf(changed), token, body);
  }

  /** The same request with another token. */
  public Request withToken(Optional<String> other) {
    return new Request(method, target, headers, other, body);
  }

  /** The same request with a body. */
  public Request withBody(String text) {
    return new Request(method, target, headers, token, Optional.of(text));
  }

  /** Method and target: the token is a secret. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
