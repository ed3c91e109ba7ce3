package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import io.vertx.sqlclient.Row;

/** Rows of {@code scim_user} and {@code scim_group} as resources. */
final class ResourceRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResourceRows() {}

  static ResourceKey key(ResourceType type, Row row) {
    return new ResourceKey(new TenantId(row.getUUID("tenant_id")), type, row.getUUID("id"));
  }

  static Resource resource(ResourceType type, Row row) {
    return new Resource(
        key(type, row),
        Attributes.of(tree(row.getString("resource"))),
        row.getInteger("member_count"),
        new Version(row.getLong("revision")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("modified").toInstant());
  }

  private static ObjectNode tree(String text) {
    try {
      return JSON.readValue(text, ObjectNode.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("PostgreSQL returned invalid jsonb", impossible);
    }
  }
}
