package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which attributes a client wants back (RFC 7644 §3.9). {@code id} and {@code schemas} are always
 * returned; unknown names are ignored, as §3.10 has it for attributes that a resource lacks.
 */
public final class Projection {
  /** Everything that is returned by default. */
  public static final Projection DEFAULT = new Projection(Mode.ALL, new HashMap<>());

  private static final Set<String> ALWAYS = Set.of("id", "schemas");

  private final Mode mode;

  /** Chosen names; those with a non-empty set stand for these sub-attributes alone. */
  private final Map<String, Set<String>> names;

  private enum Mode {
    ALL,
    ONLY,
    WITHOUT
  }

  private Projection(Mode mode, Map<String, Set<String>> names) {
    this.mode = mode;
    this.names = names;
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
      return new Projection(Mode.ONLY, names(schemas, type, attributes.get()));
    }
    return excludedAttributes
        .map(excluded -> new Projection(Mode.WITHOUT, names(schemas, type, excluded)))
        .orElse(DEFAULT);
  }

  private static Map<String, Set<String>> names(
      SchemaRegistry schemas, ResourceType type, String list) {
    Map<String, Set<String>> names = new HashMap<>();
    for (String part : list.split(",", -1)) {
      AttributePath.parse(part.strip())
          .flatMap(path -> schemas.resolve(type, path))
          .ifPresent(resolved -> add(names, resolved.path()));
    }
    return names;
  }

  /** Below an extension's URN its attributes are what sub-attributes are elsewhere. */
  private static void add(Map<String, Set<String>> names, AttributePath path) {
    String name = path.schema().orElse(path.name());
    Optional<String> sub =
        path.schema().isPresent() ? Optional.of(path.name()) : path.subAttribute();
    Set<String> known = names.get(name);
    if (sub.isEmpty()) {
      names.put(name, new HashSet<>());
    } else if (known == null) {
      names.put(name, new HashSet<>(Set.of(sub.get())));
    } else if (!known.isEmpty()) {
      known.add(sub.get());
    }
  }

  /** True when nothing was asked for. */
  public boolean isDefault() {
    return mode == Mode.ALL;
  }

  /** Whether a top-level attribute is not returned at all, so that it need not be read. */
  public boolean leavesOut(String name) {
    return switch (mode) {
      case ALL -> false;
      case ONLY -> !names.containsKey(name);
      case WITHOUT -> names.containsKey(name) && names.getOrDefault(name, Set.of()).isEmpty();
    };
  }

  /** A new tree with the chosen attributes. */
  public ObjectNode apply(ObjectNode resource) {
    if (isDefault()) {
      return resource;
    }
    ObjectNode projected = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> attribute : resource.properties()) {
      String name = attribute.getKey();
      Set<String> subs = names.get(name);
      if (ALWAYS.contains(name) || (subs == null && mode == Mode.WITHOUT)) {
        projected.set(name, attribute.getValue());
      } else if (subs != null) {
        chosen(attribute.getValue(), subs).ifPresent(value -> projected.set(name, value));
      }
    }
    return projected;
  }

  private Optional<JsonNode> chosen(JsonNode value, Set<String> subs) {
    if (subs.isEmpty()) {
      return mode == Mode.ONLY ? Optional.of(value) : Optional.empty();
    }
    if (value instanceof ArrayNode elements) {
      ArrayNode projected = JsonNodeFactory.instance.arrayNode();
      elements.forEach(element -> projected.add(members(element, subs)));
      return Optional.of(projected);
    }
    return Optional.of(members(value, subs));
  }

  private JsonNode members(JsonNode value, Set<String> subs) {
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    ObjectNode projected = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> sub : object.properties()) {
      if (subs.contains(sub.getKey()) == (mode == Mode.ONLY)) {
        projected.set(sub.getKey(), sub.getValue());
      }
    }
    return projected;
  }
}
