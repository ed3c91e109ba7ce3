package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which attributes a client wants back (RFC 7644 §3.9). {@code id} and {@code schemas} are always
 * returned; unknown names are ignored, as §3.10 has it for attributes that a resource lacks.
 */
public final class Projection {
  /** Everything that is returned by default. */
  public static final Projection DEFAULT = new Projection(Mode.ALL, new Choice());

  private static final Set<String> ALWAYS = Set.of("id", "schemas");

  private final Mode mode;
  private final Choice chosen;

  private enum Mode {
    ALL,
    ONLY,
    WITHOUT
  }

  /** Names that were chosen at one level; one that has none below it was chosen as a whole. */
  private static final class Choice {
    private final Map<String, Choice> below = new HashMap<>();

    private boolean isWhole() {
      return below.isEmpty();
    }

    private void add(List<String> names) {
      String name = names.getFirst();
      Choice known = below.get(name);
      if (names.size() == 1) {
        below.put(name, new Choice());
      } else if (known == null || !known.isWhole()) {
        below.computeIfAbsent(name, absent -> new Choice()).add(names.subList(1, names.size()));
      }
    }
  }

  private Projection(Mode mode, Choice chosen) {
    this.mode = mode;
    this.chosen = chosen;
  }

  /**
   * Reads the two query parameters.
   *
   * @throws ScimException 400 invalidValue when both are there
   */
  public static Projection parse(
      SchemaRegistry schemas,
      ResourceType type,
      Optional<String> attributes,
      Optional<String> excludedAttributes) {
    if (attributes.isPresent() && excludedAttributes.isPresent()) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected attributes or excludedAttributes, but both are there");
    }
    if (attributes.isPresent()) {
      return new Projection(Mode.ONLY, choice(schemas, type, attributes.get()));
    }
    return excludedAttributes
        .map(excluded -> new Projection(Mode.WITHOUT, choice(schemas, type, excluded)))
        .orElse(DEFAULT);
  }

  private static Choice choice(SchemaRegistry schemas, ResourceType type, String list) {
    Choice choice = new Choice();
    for (String part : list.split(",", -1)) {
      AttributePath.parse(part.strip())
          .flatMap(path -> schemas.resolve(type, path))
          .ifPresent(resolved -> choice.add(levels(resolved.path())));
    }
    return choice;
  }

  /** Below an extension's URN its attributes are what sub-attributes are elsewhere. */
  private static List<String> levels(AttributePath path) {
    return Stream.of(path.schema(), Optional.of(path.name()), path.subAttribute())
        .flatMap(Optional::stream)
        .toList();
  }

  /** True when nothing was asked for. */
  public boolean isDefault() {
    return mode == Mode.ALL;
  }

  /** Whether a top-level attribute is not returned at all, so that it need not be read. */
  public boolean leavesOut(String name) {
    Choice choice = chosen.below.get(name);
    return switch (mode) {
      case ALL -> false;
      case ONLY -> choice == null;
      case WITHOUT -> choice != null && choice.isWhole();
    };
  }

  /** Whether elements of a multi-valued attribute are returned as they are. */
  public boolean keepsWhole(String name) {
    Choice choice = chosen.below.get(name);
    return choice == null || choice.isWhole();
  }

  /** A new tree with the chosen attributes. */
  public ObjectNode apply(ObjectNode resource) {
    if (isDefault()) {
      return resource;
    }
    ObjectNode projected = members(resource, chosen);
    for (String name : ALWAYS) {
      if (resource.has(name)) {
        projected.set(name, resource.get(name));
      }
    }
    return projected;
  }

  /** A new array with the chosen sub-attributes of every element of a top-level attribute. */
  public ArrayNode elements(String name, ArrayNode elements) {
    return elements(elements, chosen.below.getOrDefault(name, new Choice()));
  }

  private ObjectNode members(ObjectNode object, Choice choice) {
    ObjectNode projected = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Choice below = choice.below.get(member.getKey());
      if (below == null ? mode == Mode.WITHOUT : below.isWhole() && mode == Mode.ONLY) {
        projected.set(member.getKey(), member.getValue());
      } else if (below != null && !below.isWhole()) {
        JsonNode part = part(member.getValue(), below);
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
