package com.phonemos.scim.engine.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.schema.Attribute.Mutability;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import com.phonemos.scim.engine.scim.schema.Attribute.Type;
import com.phonemos.scim.engine.scim.schema.Attribute.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads attribute definitions from a schema document (RFC 7643 §7), with that section's defaults.
 */
final class SchemaDocument {
  private SchemaDocument() {}

  static List<Attribute> attributes(JsonNode definitions) {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode definition : definitions) {
      attributes.add(attribute(definition));
    }
    return List.copyOf(attributes);
  }

  private static Attribute attribute(JsonNode definition) {
    return new Attribute(
        definition.path("name").asText(),
        constant(Type.class, definition.path("type").asText("string")),
        definition.path("multiValued").asBoolean(),
        definition.path("required").asBoolean(),
        definition.path("caseExact").asBoolean(),
        constant(Mutability.class, definition.path("mutability").asText("readWrite")),
        constant(Returned.class, definition.path("returned").asText("default")),
        constant(Uniqueness.class, definition.path("uniqueness").asText("none")),
        texts(definition.path("canonicalValues")),
        attributes(definition.path("subAttributes")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      texts.add(element.asText());
    }
    return List.copyOf(texts);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String keyword) {
    return find(type, keyword)
        .orElseThrow(() -> new IllegalArgumentException(keyword + " is no " + type.getName()));
  }

  /** {@code readOnly} is {@code READ_ONLY}; empty for what is no keyword. */
  static <E extends Enum<E>> Optional<E> find(Class<E> type, String keyword) {
    for (E constant : type.getEnumConstants()) {
      if (keyword(constant).equals(keyword)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  private static String keyword(Enum<?> constant) {
    String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder keyword = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      keyword
          .append(Character.toUpperCase(words[i].charAt(0)))
          .append(words[i], 1, words[i].length());
    }
    return keyword.toString();
  }
}
