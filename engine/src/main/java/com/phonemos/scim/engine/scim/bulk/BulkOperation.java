package com.phonemos.scim.engine.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.Locale;
import java.util.Optional;

/**
 * One operation of a bulk request (RFC 7644 §3.7), as it was sent.
 *
 * @param bulkId names the resource of a POST for the other operations
 * @param version that a resource has to be at
 * @param target what stands behind the endpoint: an id, or a reference to a {@code bulkId}; blank
 *     for a POST
 * @param data empty for a DELETE
 */
public record BulkOperation(
    Method method,
    Optional<String> bulkId,
    Optional<String> version,
    ResourceType type,
    String target,
    ObjectNode data) {

  /** RFC 7644 §3.7, {@code method}. */
  public enum Method {
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /**
   * Reads an operation.
   *
   * @throws ScimException 400 invalidSyntax or invalidValue
   */
  static BulkOperation read(JsonNode operation) {
    Method method = method(operation.path("method").asText());
    Optional<String> bulkId = text(operation, "bulkId");
    if (method == Method.POST && bulkId.isEmpty()) {
      throw refuse(ScimType.INVALID_SYNTAX, "a bulkId for every POST, but there is none");
    }
    String path = operation.path("path").asText();
    ResourceType type = type(path);
    String target = path.length() == type.endpoint().length() ? "" : behind(path, type);
    if (target.isEmpty() != (method == Method.POST)) {
      throw refuse(
          ScimType.INVALID_VALUE,
          "the path of an endpoint for POST, that of a resource for others");
    }
    if (method == Method.DELETE) {
      return new BulkOperation(method, bulkId, text(operation, "version"), type, target, empty());
    }
    if (!(operation.path("data") instanceof ObjectNode data)) {
      throw refuse(ScimType.INVALID_SYNTAX, "data to be an object, but it is none");
    }
    return new BulkOperation(method, bulkId, text(operation, "version"), type, target, data);
  }

  private static Method method(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "PATCH" -> Method.PATCH;
      case "DELETE" -> Method.DELETE;
      default ->
          throw refuse(
              ScimType.INVALID_SYNTAX, "method to be POST, PUT, PATCH or DELETE, but it is not");
    };
  }

  private static ResourceType type(String path) {
    for (ResourceType type : ResourceType.values()) {
      if (path.equals(type.endpoint()) || path.startsWith(type.endpoint() + '/')) {
        return type;
      }
    }
    throw refuse(ScimType.INVALID_VALUE, "path to start with /Users or /Groups, but it does not");
  }

  private static String behind(String path, ResourceType type) {
    return path.substring(type.endpoint().length() + 1);
  }

  private static Optional<String> text(JsonNode operation, String name) {
    return Optional.of(operation.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(value -> !value.isEmpty());
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ScimException refuse(ScimType type, String expectation) {
    return ScimException.badRequest(type, "Expected " + expectation);
  }
}
