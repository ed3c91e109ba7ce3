package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.schema.Urn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The documents of the discovery endpoints (RFC 7644 §4, RFC 7643 §5–7). Every {@code
 * meta.location} is absolute and resolves.
 */
public final class Discovery {
  private static final String DOCUMENTATION = "https://datatracker.ietf.org/doc/html/rfc7644";

  private final Pages pages;

  /**
   * The pages of a list.
   *
   * @param defaultSize resources where the client names no count
   * @param maxSize resources at most
   * @param cursorTimeout how long a cursor may be used
   */
  public record Pages(int defaultSize, int maxSize, Duration cursorTimeout) {}

  /** Describes what is served. */
  public Discovery(Pages pages) {
    this.pages = pages;
  }

  /**
   * RFC 7643 §5.
   *
   * @param base absolute URL of the endpoint, without a trailing slash
   */
  public ObjectNode serviceProviderConfig(String base) {
    ObjectNode config = document(Urn.SERVICE_PROVIDER_CONFIG);
    config.put("documentationUri", DOCUMENTATION);
    supported(config, "patch", true);
    supported(config, "bulk", false).put("maxOperations", 0).put("maxPayloadSize", 0);
    supported(config, "filter", true).put("maxResults", pages.maxSize());
    supported(config, "changePassword", false);
    supported(config, "sort", true);
    supported(config, "etag", true);
    // RFC 9865 §4.
    config
        .putObject("pagination")
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", pages.defaultSize())
        .put("maxPageSize", pages.maxSize())
        .put("cursorTimeout", pages.cursorTimeout().toSeconds());
    config
        .putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "OAuth Bearer Token")
        .put("description", "A token issued for this tenant, sent as RFC 6750 says")
        .put("specUri", "https://datatracker.ietf.org/doc/html/rfc6750")
        .put("primary", true);
    return meta(config, "ServiceProviderConfig", base + "/ServiceProviderConfig");
  }

  /** RFC 7643 §6, as a ListResponse. */
  public ObjectNode resourceTypes(SchemaRegistry schemas, String base) {
    return list(
        List.of(ResourceType.values()).stream()
            .map(type -> resourceType(schemas, type, base))
            .toList());
  }

  /** One resource type; empty for an unknown name. */
  public Optional<ObjectNode> resourceType(SchemaRegistry schemas, String name, String base) {
    for (ResourceType type : ResourceType.values()) {
      if (type.title().equals(name)) {
        return Optional.of(resourceType(schemas, type, base));
      }
    }
    return Optional.empty();
  }

  /** RFC 7643 §7, as a ListResponse. */
  public ObjectNode schemas(SchemaRegistry schemas, String base) {
    return list(
        schemas.urns().stream().map(urn -> schema(schemas, urn, base).orElseThrow()).toList());
  }

  /** One schema; empty for an unknown URN. */
  public Optional<ObjectNode> schema(SchemaRegistry schemas, String urn, String base) {
    return schemas
        .json(urn)
        .map(json -> {
          ObjectNode document = json.deepCopy();
          if (!document.has("schemas")) {
            document.putArray("schemas").add(Urn.SCHEMA);
          }
          return meta(document, "Schema", base + "/Schemas/" + urn);
        });
  }

  private static ObjectNode resourceType(SchemaRegistry schemas, ResourceType type, String base) {
    ObjectNode document = document(Urn.RESOURCE_TYPE);
    document.put("id", type.title());
    document.put("name", type.title());
    document.put("description", type.title() + " of a tenant");
    document.put("endpoint", type.endpoint());
    document.put("schema", type.schema());
    if (!schemas.extensions(type).isEmpty()) {
      ArrayNode extensions = document.putArray("schemaExtensions");
      schemas
          .extensions(type)
          .forEach(urn -> extensions.addObject().put("schema", urn).put("required", false));
    }
    return meta(document, "ResourceType", base + "/ResourceTypes/" + type.title());
  }

  private static ObjectNode document(String schema) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("schemas").add(schema);
    return document;
  }

  private static ObjectNode supported(ObjectNode config, String feature, boolean supported) {
    return config.putObject(feature).put("supported", supported);
  }

  private static ObjectNode meta(ObjectNode document, String resourceType, String location) {
    document.putObject("meta").put("resourceType", resourceType).put("location", location);
    return document;
  }

  private static ObjectNode list(List<? extends JsonNode> resources) {
    ObjectNode list = document(Urn.LIST_RESPONSE);
    list.put("totalResults", resources.size());
    list.put("startIndex", 1);
    list.put("itemsPerPage", resources.size());
    list.putArray("Resources").addAll(resources);
    return list;
  }
}
