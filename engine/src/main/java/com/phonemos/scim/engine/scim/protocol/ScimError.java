package com.phonemos.scim.engine.scim.protocol;

import java.util.Optional;

/**
 * An error as RFC 7644 §3.12 sends it.
 *
 * @param status the HTTP status code
 * @param detail a sentence for a person that names the attribute and the reason, never a value:
 *     values may be personal data
 */
public record ScimError(int status, Optional<ScimType> type, String detail) {
  public static ScimError badRequest(ScimType type, String detail) {
    return new ScimError(400, Optional.of(type), detail);
  }

  public static ScimError of(int status, String detail) {
    return new ScimError(status, Optional.empty(), detail);
  }

  public static ScimError notFound(String what) {
    return of(404, "Expected " + what + ", but there is none");
  }

  public static ScimError uniqueness(String attribute) {
    return new ScimError(
        409,
        Optional.of(ScimType.UNIQUENESS),
        "Expected a unique " + attribute + ", but another resource has this value");
  }
}
