package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.ResourceCheck;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies PATCH operations to a resource, all of them or none (RFC 7644 §3.5.2): the given
 * attributes stay as they are, the result is checked as a whole.
 */
final class PatchApplier {
  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final ObjectNode tree;

  private PatchApplier(SchemaRegistry schemas, ResourceType type, ObjectNode tree) {
    this.schemas = schemas;
    this.type = type;
    this.tree = tree;
  }

  /**
   * The resource after all operations; equal to the one before when they change nothing.
   *
   * @throws ScimException 400 noTarget, mutability or invalidValue
   */
  static Attributes apply(
      SchemaRegistry schemas,
      ResourceType type,
      List<PatchOperation> operations,
      Attributes attributes) {
    PatchApplier applier = new PatchApplier(schemas, type, attributes.copy());
    operations.forEach(applier::apply);
    Attributes after = ResourceCheck.checked(schemas, type, applier.tree);
    ResourceCheck.requireImmutable(schemas, type, attributes, after);
    return after;
  }

  private void apply(PatchOperation operation) {
    AttributePath path = operation.path().attribute();
    Attribute attribute =
        schemas
            .find(type, new AttributePath(path.schema(), path.name(), Optional.empty()))
            .orElseThrow();
    ObjectNode container = container(path);
    if (attribute.multiValued() && attribute.type() == Attribute.Type.COMPLEX) {
      new ElementPatch(container, attribute, operation).apply();
    } else {
      switch (operation.op()) {
        case ADD, REPLACE -> set(container, attribute, path, operation.value().orElseThrow());
        case REMOVE -> remove(container, attribute, path);
      }
    }
    path.schema().ifPresent(this::dropIfEmpty);
  }

  /** An extension's attributes stand below its URN (RFC 7643 §3.3). */
  private ObjectNode container(AttributePath path) {
    return path.schema().map(urn -> tree.withObjectProperty(urn)).orElse(tree);
  }

  private void dropIfEmpty(String urn) {
    if (tree.path(urn).isEmpty()) {
      tree.remove(urn);
    }
  }

  /** §3.5.2.1 and §3.5.2.3: of a complex attribute only the sub-attributes named change. */
  private static void set(
      ObjectNode container, Attribute attribute, AttributePath path, JsonNode value) {
    if (path.subAttribute().isPresent()) {
      container.withObjectProperty(attribute.name()).set(path.subAttribute().get(), value);
    } else if (value instanceof ObjectNode members && attribute.type() == Attribute.Type.COMPLEX) {
      ObjectNode target = container.withObjectProperty(attribute.name());
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        target.set(member.getKey(), member.getValue());
      }
    } else {
      container.set(attribute.name(), value);
    }
  }

  /** §3.5.2.2. */
  private static void remove(ObjectNode container, Attribute attribute, AttributePath path) {
    if (path.subAttribute().isPresent()) {
      if (container.get(attribute.name()) instanceof ObjectNode complex) {
        complex.remove(path.subAttribute().get());
        if (complex.isEmpty()) {
          container.remove(attribute.name());
        }
      }
      return;
    }
    if (attribute.required()) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY,
          "Expected an attribute that may be removed, but " + path + " is required");
    }
    container.remove(attribute.name());
  }
}
