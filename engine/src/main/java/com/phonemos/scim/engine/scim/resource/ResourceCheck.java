package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.Attribute.Mutability;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;

/** What its schemas demand of a whole resource (RFC 7643 §7), however it came about. */
public final class ResourceCheck {
  private static final int MAX_USER_NAME = 1024;

  /** Keycloak fails with a server error on a longer group name. */
  private static final int MAX_DISPLAY_NAME = 255;

  private ResourceCheck() {}

  /**
   * Checks that what is required is there, that at most one value is primary, and sizes.
   *
   * @param tree of which the result takes ownership
   * @throws ScimException 400 invalidValue, naming the attribute
   */
  public static Attributes checked(SchemaRegistry schemas, ResourceType type, ObjectNode tree) {
    requireAll(schemas.attributes(type).all(), "", tree);
    switch (type) {
      case USER -> requireShort(tree, "userName", MAX_USER_NAME);
      case GROUP -> requireShort(tree, "displayName", MAX_DISPLAY_NAME);
    }
    return Attributes.of(tree);
  }

  /**
   * Checks that an immutable attribute keeps the value it once got (RFC 7643 §2.2, RFC 7644
   * §3.5.1), within an element of a multi-valued one as well.
   *
   * @throws ScimException 400 mutability, naming the attribute
   */
  public static void requireImmutable(
      SchemaRegistry schemas, ResourceType type, Attributes before, Attributes after) {
    requireImmutable(schemas.attributes(type).all(), "", before.json(), after.json());
  }

  private static void requireAll(List<Attribute> definitions, String prefix, JsonNode value) {
    for (Attribute attribute : definitions) {
      JsonNode there = value.path(attribute.name());
      if (attribute.required() && isBlank(there)) {
        throw ScimException.badRequest(
            ScimType.INVALID_VALUE,
            "Expected " + prefix + attribute.name() + ", but it is missing or blank");
      }
      if (!there.isMissingNode() && attribute.type() == Attribute.Type.COMPLEX) {
        requireAll(attribute, prefix, there);
      }
    }
  }

  private static void requireAll(Attribute complex, String prefix, JsonNode value) {
    String below = prefix + complex.name() + (complex.isExtension() ? ":" : ".");
    if (value.isArray()) {
      ValueReader.requireOnePrimary(complex, value);
      value.forEach(element -> requireAll(complex.subAttributes(), below, element));
    } else {
      requireAll(complex.subAttributes(), below, value);
    }
  }

  private static void requireImmutable(
      List<Attribute> definitions, String prefix, JsonNode before, JsonNode after) {
    for (Attribute attribute : definitions) {
      JsonNode was = before.path(attribute.name());
      JsonNode is = after.path(attribute.name());
      if (was.isMissingNode() || was.equals(is)) {
        continue;
      }
      if (attribute.mutability() == Mutability.IMMUTABLE) {
        throw ScimException.badRequest(
            ScimType.MUTABILITY,
            "Expected " + prefix + attribute.name() + " to keep its value, but it is another one");
      }
      String below = prefix + attribute.name() + (attribute.isExtension() ? ":" : ".");
      if (was.isObject()) {
        requireImmutable(attribute.subAttributes(), below, was, is);
      } else if (was.isArray() && attribute.type() == Attribute.Type.COMPLEX) {
        was.forEach(element -> requireImmutableElement(attribute, below, element, is));
      }
    }
  }

  /** An element is the one before where it has its value; another value is another element. */
  private static void requireImmutableElement(
      Attribute attribute, String below, JsonNode was, JsonNode elements) {
    for (JsonNode is : elements) {
      if (was.has("value") && was.path("value").equals(is.path("value"))) {
        requireImmutable(attribute.subAttributes(), below, was, is);
      }
    }
  }

  private static boolean isBlank(JsonNode value) {
    return value.isMissingNode() || (value.isTextual() && value.textValue().isBlank());
  }

  private static void requireShort(ObjectNode tree, String attribute, int longest) {
    String name = tree.path(attribute).asText("");
    if (name.codePointCount(0, name.length()) > longest) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected " + attribute + " of at most " + longest + " characters, but it is longer");
    }
  }
}
