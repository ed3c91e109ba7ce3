package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Difference;
import java.util.ArrayList;
import java.util.List;

/** What is wanted beside what Keycloak has, field by field. */
final class Comparison {
  private final List<Difference> differences = new ArrayList<>();

  /**
   * Of a field.
   *
   * @param expected,actual empty where there is no value
   */
  void of(String field, String expected, String actual) {
    if (!expected.equals(actual)) {
      differences.add(new Difference(field, expected, actual));
    }
  }

  /** Of an attribute, of which Keycloak knows a list of values. */
  void ofAttribute(String name, String expected, ObjectNode actual) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : actual.path("attributes").path(name)) {
      values.add(value.asText(""));
    }
    of(name, expected, String.join(", ", values));
  }

  List<Difference> differences() {
    return List.copyOf(differences);
  }
}
