package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three discovery endpoints of RFC 7644 §4. */
final class Discovery {
  private final Fault fault;
  private final String base;

  Discovery(Fault fault, String base) {
    this.fault = fault;
    this.base = base;
  }

  Optional<ObjectNode> document(String method, String path, Map<String, String> query) {
    if (!path.matches("/(ServiceProviderConfig|Schemas|ResourceTypes)(/.*)?")) {
      return Optional.empty();
    }
    if (!method.equals("GET")) {
      throw new ScimFailure(405, "", "Expected GET");
    }
    if (query.containsKey("filter")) {
      throw new ScimFailure(403, "", "Expected no filter");
    }
    if (path.equals("/ServiceProviderConfig")) {
      return Optional.of(config());
    }
    List<ObjectNode> all =
        path.startsWith("/Schemas")
            ? List.of(schema(Schema.USER), schema(Schema.ENTERPRISE), schema(Schema.GROUP))
            : List.of(type("User", Schema.USER), type("Group", Schema.GROUP));
    if (!path.substring(1).contains("/")) {
      ObjectNode list = JsonNodeFactory.instance.objectNode();
      list.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
      list.put("totalResults", all.size()).put("startIndex", 1).put("itemsPerPage", all.size());
      list.putArray("Resources").addAll(all);
      return Optional.of(list);
    }
    String id = path.substring(path.indexOf('/', 1) + 1);
    return Optional.of(
        all.stream()
            .filter(each -> each.path("id").asText().equals(id))
            .findFirst()
            .orElseThrow(() -> new ScimFailure(404, "", "Expected a document of that id")));
  }

  private ObjectNode schema(Schema schema) {
    ObjectNode document = schema.document(fault);
    document.putObject("meta").put("location", base + "/Schemas/" + schema.urn());
    return document;
  }

  private ObjectNode type(String name, Schema schema) {
    ObjectNode type = JsonNodeFactory.instance.objectNode();
    type.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ResourceType");
    type.put("id", name).put("name", name).put("endpoint", "/" + name + "s");
    type.put("schema", schema.urn());
    if (name.equals("User")) {
      type.putArray("schemaExtensions")
          .addObject()
          .put("schema", Schema.ENTERPRISE_URN)
          .put("required", false);
    }
    return type;
  }

  private ObjectNode config() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
    for (String name : List.of("patch", "bulk", "filter", "sort", "etag")) {
      config.putObject(name).put("supported", true);
    }
    config.putObject("changePassword").put("supported", false);
    if (fault != Fault.CONFIG_WITHOUT_BULK_LIMITS) {
      config.withObject("/bulk").put("maxOperations", Bulk.MOST).put("maxPayloadSize", 1_000_000);
    }
    config.withObject("/filter").put("maxResults", 100);
    config.putObject("pagination").put("cursor", true).put("index", true);
    config
        .putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer")
        .put("description", "A token of the tenant");
    return config;
  }
}
