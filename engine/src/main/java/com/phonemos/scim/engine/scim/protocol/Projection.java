package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Which attributes a client gets back: what it wants (RFC 7644 §3.9), within what the schema says
 * of each (RFC 7643 §7, {@code returned}). What is returned always cannot be left out, what is
 * returned on request is left out until it is named or written. Unknown names are ignored, as §3.10
 * has it for attributes that a resource lacks.
 */
public final class Projection {
  /** Everything that is returned by default. */
  public static final Projection DEFAULT = new Projection(Mode.ALL, new Choice());

  private final Mode mode;
  private final Choice chosen;

  private enum Mode {
    ALL,
    ONLY,
    WITHOUT
  }

  private Projection(Mode mode, Choice chosen) {
    this.mode = mode;
    this.chosen = chosen;
  }

  /**
   * Reads the two query parameters of a request that reads.
   *
   * @throws ScimException 400 invalidValue when both are there
   */
  public static Projection parse(
      SchemaRegistry schemas,
      ResourceType type,
      Optional<String> attributes,
      Optional<String> excludedAttributes) {
    return parse(schemas, type, attributes, excludedAttributes, path -> false);
  }

  /**
   * Reads the two query parameters of a request that writes.
   *
   * @param sent whether the client writes the attribute at a path of names, such as {@code name},
   *     {@code givenName}, or an extension's URN and what is in it
   * @throws ScimException 400 invalidValue when both are there
   */
  public static Projection parse(
      SchemaRegistry schemas,
      ResourceType type,
      Optional<String> attributes,
      Optional<String> excludedAttributes,
      Predicate<List<String>> sent) {
    if (attributes.isPresent() && excludedAttributes.isPresent()) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected attributes or excludedAttributes, but both are there");
    }
    List<Attribute> all = schemas.attributes(type).all();
    Choice choice = new Choice();
    if (attributes.isPresent()) {
      each(schemas, type, attributes.get(), choice::include);
      choice.includeAlways(all);
      return new Projection(Mode.ONLY, choice);
    }
    excludedAttributes.ifPresent(names -> each(schemas, type, names, choice::exclude));
    choice.excludeOnRequest(List.of(), all, sent);
    return choice.isWhole() ? DEFAULT : new Projection(Mode.WITHOUT, choice);
  }

  private static void each(
      SchemaRegistry schemas,
      ResourceType type,
      String list,
      BiConsumer<List<String>, Attribute> named) {
    for (String part : list.split(",", -1)) {
      AttributePath.parse(part.strip())
          .flatMap(path -> schemas.resolve(type, path))
          .ifPresent(resolved -> named.accept(resolved.path().levels(), resolved.attribute()));
    }
  }

  /** True when nothing was asked for. */
  public boolean isDefault() {
    return mode == Mode.ALL;
  }

  /** Whether a top-level attribute is not returned at all, so that it need not be read. */
  public boolean leavesOut(String name) {
    Optional<Choice> choice = chosen.of(name);
    return switch (mode) {
      case ALL -> false;
      case ONLY -> choice.isEmpty();
      case WITHOUT -> choice.filter(Choice::isWhole).isPresent();
    };
  }

  /** Whether elements of a multi-valued attribute are returned as they are. */
  public boolean keepsWhole(String name) {
    return chosen.of(name).filter(choice -> !choice.isWhole()).isEmpty();
  }

  /** A new tree with the chosen attributes. */
  public ObjectNode apply(ObjectNode resource) {
    return isDefault() ? resource : members(resource, chosen);
  }

  /** A new array with the chosen sub-attributes of every element of a top-level attribute. */
  public ArrayNode elements(String name, ArrayNode elements) {
    return elements(elements, chosen.of(name).orElseGet(Choice::new));
  }

  private ObjectNode members(ObjectNode object, Choice choice) {
    ObjectNode projected = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Optional<Choice> below = choice.of(member.getKey());
      if (below.isEmpty() ? mode == Mode.WITHOUT : below.get().isWhole() && mode == Mode.ONLY) {
        projected.set(member.getKey(), member.getValue());
      } else if (below.isPresent() && !below.get().isWhole()) {
        JsonNode part = part(member.getValue(), below.get());
        if (!part.isContainerNode() || !part.isEmpty()) {
          projected.set(member.getKey(), part);
        }
      }
    }
    return projected;
  }

  private JsonNode part(JsonNode value, Choice below) {
    return switch (value) {
      case ObjectNode object -> members(object, below);
      case ArrayNode array -> elements(array, below);
      default -> value;
    };
  }

  private ArrayNode elements(ArrayNode elements, Choice below) {
    ArrayNode projected = JsonNodeFactory.instance.arrayNode(elements.size());
    for (JsonNode element : elements) {
      JsonNode part = below.isWhole() ? element : part(element, below);
      if (!part.isContainerNode() || !part.isEmpty()) {
        projected.add(part);
      }
    }
    return projected;
  }
}
