package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The body of a POST or PUT, checked against the schema and in its spelling (RFC 7644 §3.3,
 * §3.5.1). Unknown attributes and those a client may not set are left out, because clients echo
 * what they were sent.
 */
public final class BodyReader {
  private static final int MAX_USER_NAME = 1024;

  /** Keycloak fails with a server error on a longer group name. */
  private static final int MAX_DISPLAY_NAME = 255;

  private BodyReader() {}

  /**
   * What a body says.
   *
   * @param members of a group; absent when the body does not name them
   */
  public record Body(Attributes attributes, Optional<Set<UUID>> members) {}

  /**
   * Reads the body of a POST or PUT.
   *
   * @throws ScimException 400 invalidSyntax or invalidValue, naming the attribute
   */
  public static Body read(SchemaRegistry schemas, ResourceType type, ObjectNode body) {
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    Optional<Set<UUID>> members = Optional.empty();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      Attribute attribute = schemas.attributes(type).find(entry.getKey()).orElse(null);
      if (attribute == null) {
        continue;
      }
      JsonNode value = entry.getValue();
      if (attribute.name().equals("schemas")) {
        requireSchemas(type, value);
      } else if (type == ResourceType.GROUP && attribute.name().equals("members")) {
        // Null says nothing, as for other attributes; an empty array empties the group.
        members = value.isNull() ? Optional.empty() : Optional.of(MemberReader.ids(value));
      } else if (attribute.mutability() != Attribute.Mutability.READ_ONLY) {
        put(read, attribute, value);
      }
    }
    return new Body(validated(schemas, type, read), members);
  }

  /**
   * Checks a whole resource: required attributes and sizes.
   *
   * @param tree of which the result takes ownership
   * @throws ScimException 400 invalidValue, naming the attribute
   */
  public static Attributes validated(SchemaRegistry schemas, ResourceType type, ObjectNode tree) {
    switch (type) {
      case USER -> requireName(tree, "userName", MAX_USER_NAME);
      case GROUP -> requireName(tree, "displayName", MAX_DISPLAY_NAME);
    }
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      if (entry.getValue() instanceof ArrayNode values) {
        schemas
            .attributes(type)
            .find(entry.getKey())
            .ifPresent(attribute -> ValueReader.requireOnePrimary(attribute, values));
      }
    }
    return Attributes.of(tree);
  }

  private static void put(ObjectNode read, Attribute attribute, JsonNode value) {
    Optional<JsonNode> checked = ValueReader.read(attribute, value);
    if (checked.isEmpty() || attribute.returned() == Attribute.Returned.NEVER) {
      return; // A password is checked and forgotten: logins are Keycloak's.
    }
    if (read.has(attribute.name())) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected " + attribute.name() + " once, but it is there twice");
    }
    read.set(attribute.name(), checked.get());
  }

  /**
   * Forgiving, because OneLogin and Entra name URNs of their own [O C22, D E1]; refused is only
   * what cannot be this resource.
   */
  private static void requireSchemas(ResourceType type, JsonNode schemas) {
    if (schemas.isNull()) {
      return;
    }
    if (!schemas.isArray()) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected schemas to be an array, but it is none");
    }
    boolean known = schemas.isEmpty();
    for (JsonNode urn : schemas) {
      String text = urn.asText().toLowerCase(Locale.ROOT);
      known |=
          text.equalsIgnoreCase(type.schema())
              || text.startsWith("urn:scim:schemas:core:")
              || text.startsWith("http://schemas.microsoft.com/")
              || type.extensions().stream().anyMatch(text::equalsIgnoreCase);
    }
    if (!known) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected schemas to hold " + type.schema() + ", but it holds only others");
    }
  }

  private static void requireName(ObjectNode tree, String attribute, int longest) {
    String name = tree.path(attribute).asText("");
    if (name.isBlank()) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected " + attribute + ", but it is missing or blank");
    }
    if (name.codePointCount(0, name.length()) > longest) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected " + attribute + " of at most " + longest + " characters, but it is longer");
    }
  }
}
