package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaExtension;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of tenants, as the column {@code schemas} of their rows has them. */
final class TenantSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of tenants with extensions of their own; more are read again. */
  private static final int REMEMBERED = 1_000;

  /** By content, so that a change needs no message and equal tenants share. */
  private final Map<String, SchemaRegistry> registries = new ConcurrentHashMap<>();

  /** The core schemas and the tenant's extensions. */
  SchemaRegistry of(String column) {
    if (column.equals("[]")) {
      return SchemaRegistry.load();
    }
    if (registries.size() >= REMEMBERED) {
      registries.clear();
    }
    return registries.computeIfAbsent(column, content -> SchemaRegistry.load().with(read(content)));
  }

  static List<SchemaExtension> read(String column) {
    List<SchemaExtension> extensions = new ArrayList<>();
    for (JsonNode entry : tree(column)) {
      extensions.add(
          new SchemaExtension(
              ResourceType.valueOf(entry.path("type").asText()), entry.path("schema")));
    }
    return List.copyOf(extensions);
  }

  static String write(List<SchemaExtension> extensions) {
    ArrayNode column = JsonNodeFactory.instance.arrayNode();
    for (SchemaExtension extension : extensions) {
      column.addObject().put("type", extension.type().name()).set("schema", extension.document());
    }
    return column.toString();
  }

  private static JsonNode tree(String column) {
    try {
      return JSON.readTree(column);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("PostgreSQL returned invalid JSON", impossible);
    }
  }
}
