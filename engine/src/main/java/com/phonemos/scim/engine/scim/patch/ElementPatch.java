package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterMatcher;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation on the elements of a multi-valued complex attribute (RFC 7644 §3.5.2). */
final class ElementPatch {
  private static final String PRIMARY = "primary";

  private final ObjectNode container;
  private final Attribute attribute;
  private final PatchOperation operation;
  private final Optional<String> sub;
  private final ArrayNode elements;

  ElementPatch(ObjectNode container, Attribute attribute, PatchOperation operation) {
    this.container = container;
    this.attribute = attribute;
    this.operation = operation;
    this.sub = operation.path().attribute().subAttribute();
    this.elements =
        container.get(attribute.name()) instanceof ArrayNode existing
            ? existing
            : JsonNodeFactory.instance.arrayNode();
  }

  void apply() {
    switch (operation.op()) {
      case ADD -> add(operation.value().orElseThrow());
      case REPLACE -> replace(operation.value().orElseThrow());
      case REMOVE -> remove();
    }
    if (elements.isEmpty()) {
      container.remove(attribute.name());
    } else {
      container.set(attribute.name(), elements);
    }
  }

  /** §3.5.2.1: a value that is there already changes nothing. */
  private void add(JsonNode value) {
    if (operation.path().valueFilter().isPresent() || sub.isPresent()) {
      selected().forEach(element -> merge(element, value));
      return;
    }
    for (JsonNode added : value) {
      if (!holds(added)) {
        elements.add(added.deepCopy());
        keepOnePrimary((ObjectNode) elements.get(elements.size() - 1));
      }
    }
  }

  /** §3.5.2.3. */
  private void replace(JsonNode value) {
    if (operation.path().valueFilter().isEmpty() && sub.isEmpty()) {
      elements.removeAll();
      value.forEach(element -> elements.add(element.deepCopy()));
      return;
    }
    if (sub.isEmpty() && matching().isEmpty()) {
      throw noTarget();
    }
    for (ObjectNode element : selected()) {
      if (sub.isEmpty()) {
        element.removeAll();
      }
      merge(element, value);
    }
  }

  /** §3.5.2.2; elements that are not there need not be removed. */
  @SuppressWarnings("ReferenceEquality") // Which element it is, not which it equals.
  private void remove() {
    List<ObjectNode> targets = matching();
    if (operation.value().isPresent()) {
      targets.removeIf(element -> !isListed(element, operation.value().get()));
    }
    for (ObjectNode element : targets) {
      sub.ifPresent(name -> {
        requireMutable(name, element, MissingNode.getInstance());
        element.remove(name);
      });
    }
    for (int i = elements.size() - 1; i >= 0; i--) {
      JsonNode element = elements.get(i);
      boolean target = targets.stream().anyMatch(one -> one == element);
      if (target && (sub.isEmpty() || isBare(element))) {
        elements.remove(i);
      }
    }
  }

  /** Whether nothing is left but what only describes a value. */
  private static boolean isBare(JsonNode element) {
    for (Map.Entry<String, JsonNode> left : element.properties()) {
      if (!left.getKey().equals("type") && !left.getKey().equals(PRIMARY)) {
        return false;
      }
    }
    return true;
  }

  /** The elements that the path selects; one is made where a client expects it to be. */
  private List<ObjectNode> selected() {
    List<ObjectNode> matching = matching();
    if (matching.isEmpty()) {
      matching.add(born());
    }
    return matching;
  }

  private List<ObjectNode> matching() {
    List<ObjectNode> matching = new ArrayList<>();
    for (JsonNode element : elements) {
      boolean matches =
          operation
              .path()
              .valueFilter()
              .map(filter -> FilterMatcher.matches(filter, attribute, element))
              .orElse(true);
      if (matches && element instanceof ObjectNode object) {
        matching.add(object);
      }
    }
    return matching;
  }

  /**
   * Entra adds and replaces {@code emails[type eq "work"].value} where there is no such e-mail
   * address, and expects it to be made [O C4, R C26]. RFC 7644 §3.5.2.3 would have noTarget, which
   * is what a filter gets that does not say what to make.
   */
  private ObjectNode born() {
    if (!operation.path().makesElement() && operation.op() == PatchOperation.Op.REPLACE) {
      throw noTarget();
    }
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    operation.path().valueFilter().ifPresent(filter -> describe(filter, element));
    elements.add(element);
    return element;
  }

  private void describe(Filter filter, ObjectNode element) {
    switch (filter) {
      case Filter.And and -> {
        describe(and.left(), element);
        describe(and.right(), element);
      }
      // A value names an element that should be there, not one to be made.
      case Filter.Compare compare when compare.path().name().equals("value") -> throw noTarget();
      case Filter.Compare compare when compare.operator() == CompareOperator.EQ ->
          element.set(compare.path().name(), json(compare.value()));
      case Filter.Compare compare -> throw noTarget();
      case Filter.Or or -> throw noTarget();
      case Filter.Not not -> throw noTarget();
      case Filter.Present present -> throw noTarget();
      case Filter.ValuePath nested -> throw noTarget();
    }
  }

  private static JsonNode json(Literal literal) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (literal) {
      case Literal.Text text -> factory.textNode(text.value());
      case Literal.Bool bool -> factory.booleanNode(bool.value());
      case Literal.Numeric number -> factory.numberNode(number.value());
      case Literal.Null none -> throw noTarget();
    };
  }

  private void merge(ObjectNode element, JsonNode value) {
    if (sub.isPresent()) {
      requireMutable(sub.get(), element, value);
      element.set(sub.get(), value);
    } else if (value instanceof ObjectNode members) {
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        requireMutable(member.getKey(), element, member.getValue());
        element.set(member.getKey(), member.getValue());
      }
    }
    keepOnePrimary(element);
  }

  /** Here, because afterwards nobody knows which element it was if it has no value. */
  private void requireMutable(String name, ObjectNode element, JsonNode value) {
    boolean immutable =
        attribute
            .subAttribute(name)
            .filter(one -> one.mutability() == Attribute.Mutability.IMMUTABLE)
            .isPresent();
    if (immutable && element.has(name) && !element.path(name).equals(value)) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY,
          "Expected "
              + attribute.name()
              + '.'
              + name
              + " to keep its value, but it would be another one");
    }
  }

  /** Whoever becomes primary relieves the one before (RFC 7644 §3.5.2). */
  @SuppressWarnings("ReferenceEquality") // Which element it is, not which it equals.
  private void keepOnePrimary(ObjectNode latest) {
    if (!latest.path(PRIMARY).asBoolean(false)) {
      return;
    }
    for (JsonNode element : elements) {
      if (element != latest
          && element instanceof ObjectNode other
          && other.path(PRIMARY).asBoolean(false)) {
        other.set(PRIMARY, BooleanNode.FALSE);
      }
    }
  }

  private boolean holds(JsonNode value) {
    for (JsonNode element : elements) {
      if (element.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isListed(ObjectNode element, JsonNode listed) {
    for (JsonNode one : listed) {
      if (one.equals(element)
          || (one.has("value") && one.path("value").equals(element.path("value")))) {
        return true;
      }
    }
    return false;
  }

  private static ScimException noTarget() {
    return ScimException.badRequest(
        ScimType.NO_TARGET,
        "Expected the value filter of path to select something, but it does not");
  }
}
