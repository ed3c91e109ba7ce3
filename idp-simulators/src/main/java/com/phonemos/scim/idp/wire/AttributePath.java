package com.phonemos.scim.idp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attribute paths that identity providers use in their mappings.
 *
 * <pre>
 * displayName
 * name.familyName
 * emails[type eq "work"].value
 * urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
 * </pre>
 *
 * @param text the path as it is sent
 */
public record AttributePath(String text) {
  private static final Pattern FILTERED =
      Pattern.compile("(?<attribute>\\w+)\\[(?<key>\\w+) eq (?<value>[^\\]]+)]\\.(?<sub>\\w+)");

  /** Whether the path selects an element of a multi-valued attribute. */
  public boolean filtered() {
    return text.indexOf('[') >= 0;
  }

  /** The value at this path as text; empty if there is none, or null, or an empty string. */
  public Optional<String> read(ObjectNode resource) {
    JsonNode value = find(resource);
    // Entra's manager is an object with a value (RFC 7643 §4.3) but is mapped as plain text.
    JsonNode plain = value.isObject() ? value.path("value") : value;
    return Optional.of(plain.asText("")).filter(read -> !read.isEmpty());
  }

  private JsonNode find(ObjectNode resource) {
    if (text.startsWith("urn:")) {
      int end = text.lastIndexOf(':');
      return resource.path(text.substring(0, end)).path(text.substring(end + 1));
    }
    Matcher filter = FILTERED.matcher(text);
    if (filter.matches()) {
      for (JsonNode element : resource.path(filter.group("attribute"))) {
        if (literal(element.path(filter.group("key"))).equals(filter.group("value"))) {
          return element.path(filter.group("sub"));
        }
      }
      return resource.path("").path("");
    }
    JsonNode value = resource;
    for (String name : text.split("\\.", -1)) {
      value = value.path(name);
    }
    return value;
  }

  private static String literal(JsonNode value) {
    return value instanceof TextNode ? "\"" + value.asText() + "\"" : value.asText();
  }
}
