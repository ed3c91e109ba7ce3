package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.StoredResource;
import java.nio.charset.StandardCharsets;

/**
 * A resource as a client sees it (RFC 7643 §3): what the store holds, and what only the endpoint
 * knows, put together as text. Only a projection makes a tree of it.
 */
final class ResourceBody {
  private ResourceBody() {}

  static String of(
      Exchange exchange, ResourceType type, StoredResource resource, Projection projection) {
    StringBuilder json = new StringBuilder(resource.attributes().length() + 512);
    json.append("{\"schemas\":[\"").append(type.schema()).append('"');
    for (String urn : exchange.schemas().extensions(type)) {
      if (resource.attributes().contains(key(urn))) {
        json.append(",\"").append(urn).append('"');
      }
    }
    json.append("],\"id\":\"").append(resource.id()).append("\",\"meta\":{\"resourceType\":\"");
    json.append(type.title()).append("\",\"created\":\"").append(resource.created());
    json.append("\",\"lastModified\":\"").append(resource.modified());
    json.append("\",\"location\":\"").append(location(type, resource, exchange.base()));
    json.append("\",\"version\":\"W/\\\"").append(resource.version().revision()).append("\\\"\"}");
    if (!resource.references().isEmpty()) {
      json.append(type == ResourceType.GROUP ? ",\"members\":[" : ",\"groups\":[");
      json.append(resource.references()).append(']');
    }
    if (resource.attributes().length() > 2) {
      json.append(',');
    }
    json.append(resource.attributes(), 1, resource.attributes().length());
    return projection.isDefault() ? json.toString() : projected(json, projection);
  }

  /** As {@code jsonb} prints a key; inside a value its quotes would be escaped. */
  private static String key(String urn) {
    return '"' + urn + "\":";
  }

  /** A resource just written, whose members or groups are known to be none. */
  static StoredResource stored(Resource resource) {
    return stored(resource, "");
  }

  /** A resource just written, with the text of its members or groups. */
  static StoredResource stored(Resource resource, String references) {
    return new StoredResource(
        resource.key().id(),
        resource.attributes().toJson(),
        references,
        resource.version(),
        resource.created(),
        resource.modified());
  }

  static String location(ResourceType type, StoredResource resource, String base) {
    return base + type.endpoint() + '/' + resource.id();
  }

  private static String projected(StringBuilder json, Projection projection) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return projection.apply(Json.parseObject(bytes)).toString();
  }
}
