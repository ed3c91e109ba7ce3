package com.phonemos.scim.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.ResourceQuery.References;
import com.phonemos.scim.engine.store.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A resource as a client sees it (RFC 7643 §3): what the store holds, and what only the endpoint
 * knows, put together as text. Only a projection makes a tree of it. Members or groups come last,
 * because there may be more of them than fit into memory.
 */
final class ResourceBody {
  private ResourceBody() {}

  /** The object without its members or groups, and without the brace that closes it. */
  static String opened(Exchange exchange, StoredResource resource, Projection projection) {
    StringBuilder json = new StringBuilder(resource.attributes().length() + 512);
    json.append("{\"schemas\":[\"").append(resource.type().schema()).append('"');
    for (String urn : exchange.schemas().extensions(resource.type())) {
      if (resource.attributes().contains(key(urn))) {
        json.append(",\"").append(urn).append('"');
      }
    }
    json.append("],\"id\":\"").append(resource.id()).append("\",\"meta\":{\"resourceType\":\"");
    json.append(resource.type().title()).append("\",\"created\":\"").append(resource.created());
    json.append("\",\"lastModified\":\"").append(resource.modified());
    json.append("\",\"location\":\"").append(location(resource, exchange.base()));
    json.append("\",\"version\":\"W/\\\"").append(resource.version().revision()).append("\\\"\"}");
    if (resource.attributes().length() > 2) {
      json.append(',');
    }
    json.append(resource.attributes(), 1, resource.attributes().length());
    String whole = projection.isDefault() ? json.toString() : projected(json, projection);
    return whole.substring(0, whole.length() - 1);
  }

  /** As {@code jsonb} prints a key; inside a value its quotes would be escaped. */
  private static String key(String urn) {
    return '"' + urn + "\":";
  }

  /** What holds references to other resources. */
  static String referencesOf(ResourceType type) {
    return switch (type) {
      case USER -> "groups";
      case GROUP -> "members";
    };
  }

  /** The elements of an array, without its brackets. */
  static String references(ResourceType type, String json, Projection projection) {
    String name = referencesOf(type);
    if (projection.keepsWhole(name)) {
      return json;
    }
    byte[] array = ('[' + json + ']').getBytes(StandardCharsets.UTF_8);
    String projected = projection.elements(name, (ArrayNode) Json.parse(array)).toString();
    return projected.substring(1, projected.length() - 1);
  }

  /** A resource just written, with its members or groups. */
  static StoredResource stored(Resource resource, References references) {
    return new StoredResource(
        resource.key().type(),
        resource.key().id(),
        resource.attributes().toJson(),
        references.json(),
        references.last(),
        resource.version(),
        resource.created(),
        resource.modified());
  }

  /** A resource just written, whose members or groups are known to be none, or not asked for. */
  static StoredResource stored(Resource resource) {
    return stored(resource, new References("", Optional.empty()));
  }

  static String location(StoredResource resource, String base) {
    return base + resource.type().endpoint() + '/' + resource.id();
  }

  private static String projected(StringBuilder json, Projection projection) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return projection.apply(Json.parseObject(bytes)).toString();
  }
}
