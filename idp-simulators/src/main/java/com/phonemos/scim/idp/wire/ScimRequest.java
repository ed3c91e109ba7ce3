package com.phonemos.scim.idp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request before it is bound to an endpoint.
 *
 * @param purpose why it is sent
 * @param method the HTTP method
 * @param target path and query below the base URL, percent-encoded as they are to be sent
 * @param body the JSON body, members in the order in which they are to be sent
 * @param ifMatch the version that the resource must have (RFC 7644 §3.14)
 */
public record ScimRequest(
    Purpose purpose,
    Method method,
    String target,
    Optional<JsonNode> body,
    Optional<String> ifMatch) {
  /** A request without a body. */
  public static ScimRequest get(Purpose purpose, String target) {
    return new ScimRequest(purpose, Method.GET, target, Optional.empty(), Optional.empty());
  }

  /** A creation. */
  public static ScimRequest post(Purpose purpose, String target, JsonNode body) {
    return new ScimRequest(purpose, Method.POST, target, Optional.of(body), Optional.empty());
  }

  /** A replacement. */
  public static ScimRequest put(Purpose purpose, String target, JsonNode body) {
    return new ScimRequest(purpose, Method.PUT, target, Optional.of(body), Optional.empty());
  }

  /** A partial change. */
  public static ScimRequest patch(Purpose purpose, String target, JsonNode body) {
    return new ScimRequest(purpose, Method.PATCH, target, Optional.of(body), Optional.empty());
  }

  /** A deletion. */
  public static ScimRequest delete(Purpose purpose, String target) {
    return new ScimRequest(purpose, Method.DELETE, target, Optional.empty(), Optional.empty());
  }

  /** The same, only if the resource has this version. */
  public ScimRequest ifMatch(String version) {
    return new ScimRequest(purpose, method, target, body, Optional.of(version));
  }
}
