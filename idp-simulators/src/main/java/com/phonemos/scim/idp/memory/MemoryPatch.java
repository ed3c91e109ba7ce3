package com.phonemos.scim.idp.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.phonemos.scim.idp.wire.Json;
import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The PATCH operations that the simulators send, read kindly. */
final class MemoryPatch {
  private static final Pattern FILTERED =
      Pattern.compile("(\\w+)\\[(\\w+) eq \"(.*)\"](?:\\.(\\w+))?");

  private MemoryPatch() {}

  static void apply(ObjectNode resource, JsonNode operation) {
    String op = operation.path("op").asText().toLowerCase(Locale.ROOT);
    JsonNode value = operation.path("value");
    if (!operation.has("path")) {
      value.properties().forEach(e -> set(resource, e.getKey(), e.getValue(), op));
    } else if (op.equals("remove")) {
      remove(resource, operation.path("path").asText(), value);
    } else {
      set(resource, operation.path("path").asText(), value, op);
    }
  }

  private static void set(ObjectNode resource, String path, JsonNode value, String op) {
    Matcher filter = FILTERED.matcher(path);
    if (path.equals("members")) {
      // As Entra needs it: replacing with some members keeps the others.
      ArrayNode members = array(resource, "members");
      if (op.equals("replace") && value.isEmpty()) {
        members.removeAll();
      }
      value.forEach(member -> addMember(members, member));
    } else if (filter.matches()) {
      element(array(resource, filter.group(1)), filter.group(2), filter.group(3))
          .set(filter.group(4), value);
    } else if (path.startsWith("urn:")) {
      int end = path.lastIndexOf(':');
      child(resource, path.substring(0, end)).set(path.substring(end + 1), value);
    } else if (path.contains(".")) {
      int dot = path.indexOf('.');
      child(resource, path.substring(0, dot)).set(path.substring(dot + 1), value);
    } else if (path.equals("active")) {
      resource.put("active", value.asText().equalsIgnoreCase("true"));
    } else {
      resource.set(path, value);
    }
  }

  private static void addMember(ArrayNode members, JsonNode member) {
    boolean there =
        StreamSupport.stream(members.spliterator(), false)
            .anyMatch(m -> m.path("value").equals(member.path("value")));
    if (!there) {
      members.add(Json.object().set("value", member.path("value")));
    }
  }

  private static void remove(ObjectNode resource, String path, JsonNode value) {
    Matcher filter = FILTERED.matcher(path);
    if (filter.matches()) {
      removeMember(resource, TextNode.valueOf(filter.group(3)));
    } else if (value.isArray()) {
      value.forEach(member -> removeMember(resource, member.path("value")));
    } else {
      resource.remove(path);
    }
  }

  static void removeMember(ObjectNode resource, JsonNode id) {
    Iterator<JsonNode> members = array(resource, "members").iterator();
    while (members.hasNext()) {
      if (members.next().path("value").equals(id)) {
        members.remove();
      }
    }
  }

  private static ObjectNode element(ArrayNode array, String key, String value) {
    for (JsonNode element : array) {
      if (element.path(key).asText().equals(value)) {
        return (ObjectNode) element;
      }
    }
    return array.addObject().put(key, value);
  }

  private static ArrayNode array(ObjectNode resource, String name) {
    return resource.path(name) instanceof ArrayNode array ? array : resource.putArray(name);
  }

  private static ObjectNode child(ObjectNode resource, String name) {
    return resource.path(name) instanceof ObjectNode object ? object : resource.putObject(name);
  }
}
