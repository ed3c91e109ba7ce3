package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bulk operations of RFC 7644 §3.7. */
final class Bulk {
  static final int MOST = 50;

  private static final Pattern PATH = Pattern.compile("/(Users|Groups)(?:/([^/]+))?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tenant tenant;
  private final Fault fault;
  private final Function<ScimFailure, ObjectNode> errors;
  private final Map<String, String> ids = new HashMap<>();

  Bulk(Tenant tenant, Fault fault, Function<ScimFailure, ObjectNode> errors) {
    this.tenant = tenant;
    this.fault = fault;
    this.errors = errors;
  }

  ObjectNode run(JsonNode body) throws java.io.IOException {
    JsonNode operations = body.path("Operations");
    if (operations.size() > MOST && fault != Fault.BULK_HAS_NO_LIMIT) {
      throw new ScimFailure(413, "", "Expected at most " + MOST + " operations");
    }
    int most = body.path("failOnErrors").asInt(Integer.MAX_VALUE);
    Map<Integer, ObjectNode> results = new TreeMap<>();
    int failures = 0;
    // Twice: in the second pass all references that can be known are known.
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < operations.size(); i++) {
        boolean enough = failures >= most && fault != Fault.BULK_IGNORES_FAIL_ON_ERRORS;
        boolean waits = pass == 0 && resolved(operations.get(i)).contains("\"bulkId:");
        if (results.containsKey(i) || enough || waits) {
          continue;
        }
        ObjectNode result = one(JSON.readTree(resolved(operations.get(i))));
        failures += result.path("status").asInt() >= 400 ? 1 : 0;
        results.put(i, result);
      }
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
    results.values().forEach(answer.putArray("Operations")::add);
    return answer;
  }

  private String resolved(JsonNode operation) {
    String text = operation.toString();
    if (fault == Fault.BULK_KEEPS_REFERENCES_AS_TEXT) {
      return text;
    }
    for (Map.Entry<String, String> known : ids.entrySet()) {
      text = text.replace("bulkId:" + known.getKey(), known.getValue());
    }
    return text;
  }

  private ObjectNode one(JsonNode operation) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("method", operation.path("method"));
    if (operation.has("bulkId")) {
      result.set("bulkId", operation.get("bulkId"));
    }
    int status;
    try {
      Matcher path = PATH.matcher(operation.path("path").asText());
      if (!path.matches()) {
        throw new ScimFailure(404, "", "Expected a path of a resource");
      }
      String id = Optional.ofNullable(path.group(2)).orElse("");
      JsonNode data = operation.path("data");
      String type = path.group(1);
      ObjectNode resource = JsonNodeFactory.instance.objectNode();
      switch (operation.path("method").asText()) {
        case "POST" -> resource = tenant.create(type, data);
        case "PUT" -> resource = tenant.replace(type, id, data, Optional.empty());
        case "PATCH" -> resource = tenant.patch(type, id, data, Optional.empty());
        case "DELETE" -> tenant.delete(type, id, Optional.empty());
        default -> throw new ScimFailure(400, "invalidSyntax", "Expected a method");
      }
      if (operation.has("bulkId")) {
        ids.put(operation.get("bulkId").asText(), resource.path("id").asText());
      }
      if (resource.has("meta")) {
        result.set("location", resource.at("/meta/location"));
      }
      status =
          switch (operation.path("method").asText()) {
            case "POST" -> 201;
            case "DELETE" -> 204;
            default -> 200;
          };
    } catch (ScimFailure failure) {
      status = failure.status();
      result.set("response", errors.apply(failure));
    }
    if (fault == Fault.BULK_STATUS_IS_A_NUMBER) {
      result.put("status", status);
    } else {
      result.put("status", Integer.toString(status));
    }
    return result;
  }
}
