package com.phonemos.scim.engine.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.schema.Attribute.Mutability;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import com.phonemos.scim.engine.scim.schema.Attribute.Type;
import com.phonemos.scim.engine.scim.schema.Attribute.Uniqueness;
import java.util.ArrayList;
import java.util.List;

/** Reads attribute definitions from a schema document (RFC 7643 §7), with that section's defaults. */
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

  /** {@code readOnly} is {@code READ_ONLY}. */
  private static <E extends Enum<E>> E constant(Class<E> type, String keyword) {
    StringBuilder name = new StringBuilder();
    for (char c : keyword.toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('_');
      }
      name.append(Character.toUpperCase(c));
    }
    return Enum.valueOf(type, name.toString());
  }
}
