package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reasons from the bodies of Keycloak's errors, which have four forms. Only names of fields and
 * messages are taken over, never the values that were sent: those may be personal data.
 */
final class ReasonText {
  private static final int LIMIT = 300;
  private static final JsonMapper JSON = new JsonMapper();

  private ReasonText() {}

  /** The body, or a missing node if it is not JSON. */
  static JsonNode json(Buffer body) {
    try {
      return body.length() == 0 ? MissingNode.getInstance() : JSON.readTree(body.getBytes());
    } catch (java.io.IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Empty when the body does not say what is wrong with the content. */
  static Optional<String> ofRejection(JsonNode body) {
    List<String> reasons = new ArrayList<>();
    body.path("errors").forEach(error -> reasons.add(fieldError(error)));
    if (reasons.isEmpty() && body.path("errorMessage").isTextual()) {
      reasons.add(fieldError(body));
    }
    if (reasons.isEmpty() && body.path("error").asText("").startsWith("Invalid json")) {
      reasons.add(body.path("error").textValue());
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(clean(String.join(", ", reasons)));
  }

  /** What an error body says, in a few words. */
  static String of(JsonNode body) {
    for (String field : List.of("errorMessage", "error_description", "error")) {
      if (body.path(field).isTextual()) {
        return clean(body.path(field).textValue());
      }
    }
    return "it gave no reason";
  }

  /** With what is at the root of it: a failed handshake alone says nothing of the certificate. */
  static String of(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = message(cause);
    String last = message(root);
    return clean(first.contains(last) ? first : first + ": " + last);
  }

  private static String message(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("");
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  private static String fieldError(JsonNode error) {
    String message = error.path("errorMessage").asText("");
    String field = error.path("field").asText("");
    if (field.isEmpty()) {
      return message;
    }
    List<String> bounds = new ArrayList<>();
    for (JsonNode parameter : error.path("params")) {
      if (parameter.isNumber()) {
        bounds.add(parameter.asText());
      }
    }
    return field + ": " + message + (bounds.isEmpty() ? "" : " " + bounds);
  }

  private static String clean(String text) {
    String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return printable.length() <= LIMIT ? printable : printable.substring(0, LIMIT) + "…";
  }
}
