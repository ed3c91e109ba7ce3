package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Difference;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A group as it should be in Keycloak, at top level. Its other attributes and roles are kept. */
record KeycloakGroup(UUID scimId, String name, Optional<String> externalId) {
  static final String PARENT = "parent";

  /** For a group that does not exist yet. */
  ObjectNode representation() {
    ObjectNode group = JsonNodeFactory.instance.objectNode();
    group.put("name", name);
    group.set("attributes", attributes(JsonNodeFactory.instance.objectNode()));
    return group;
  }

  /** For a group that exists: Keycloak erases a description that is not sent again. */
  ObjectNode mergedInto(ObjectNode actual) {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    if (actual.path("attributes") instanceof ObjectNode present) {
      others = present.deepCopy();
    }
    ObjectNode group = JsonNodeFactory.instance.objectNode();
    group.put("name", name);
    if (actual.path("description").isTextual()) {
      group.set("description", actual.path("description"));
    }
    group.set("attributes", attributes(others));
    return group;
  }

  /** The same under a name that nobody else can want, until its own is free. */
  KeycloakGroup withoutName() {
    return new KeycloakGroup(scimId, scimId.toString(), externalId);
  }

  /** In what a group is not as it should be. */
  List<Difference> differences(ObjectNode actual) {
    Comparison comparison = new Comparison();
    comparison.of("name", name, actual.path("name").asText(""));
    comparison.of(PARENT, "", actual.path("parentId").asText(""));
    comparison.ofAttribute(KeycloakMapping.SCIM_ID, scimId.toString(), actual);
    comparison.ofAttribute(KeycloakMapping.EXTERNAL_ID, externalId.orElse(""), actual);
    return comparison.differences();
  }

  private ObjectNode attributes(ObjectNode others) {
    others.remove(KeycloakMapping.EXTERNAL_ID);
    others.putArray(KeycloakMapping.SCIM_ID).add(scimId.toString());
    externalId.ifPresent(value -> others.putArray(KeycloakMapping.EXTERNAL_ID).add(value));
    return others;
  }
}
