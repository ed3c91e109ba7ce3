package com.phonemos.scim.engine.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The attribute definitions of the resource types served: those of the RFC's own documents (RFC
 * 7643 §8.7) and of a tenant's extensions. Immutable; names are compared without regard to case
 * (RFC 7643 §2.1).
 *
 * <p>A schema extension appears among the attributes of its resource type as a complex attribute
 * whose name is the URN, which is also how it stands in a resource (RFC 7643 §3.3).
 */
public final class SchemaRegistry {
  private final Map<String, JsonNode> documents = new LinkedHashMap<>();
  private final Map<String, List<Attribute>> attributes = new HashMap<>();
  private final Map<ResourceType, List<String>> extensions = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, AttributeNames> names = new EnumMap<>(ResourceType.class);

  /** Read by whoever asks first. */
  private static final class Core {
    static final SchemaRegistry REGISTRY =
        new SchemaRegistry(
            List.of(read("/schemas/User.json"), read("/schemas/Group.json")),
            List.of(new SchemaExtension(ResourceType.USER, read("/schemas/EnterpriseUser.json"))));
  }

  private SchemaRegistry(List<JsonNode> schemas, List<SchemaExtension> added) {
    schemas.forEach(this::add);
    extend(added);
  }

  private SchemaRegistry(SchemaRegistry base, List<SchemaExtension> added) {
    documents.putAll(base.documents);
    attributes.putAll(base.attributes);
    extensions.putAll(base.extensions);
    extend(added);
  }

  /** What every tenant has: User with the enterprise extension, and Group; from the class path. */
  public static SchemaRegistry load() {
    return Core.REGISTRY;
  }

  /** These schemas and more. */
  public SchemaRegistry with(List<SchemaExtension> added) {
    return added.isEmpty() ? this : new SchemaRegistry(this, added);
  }

  private static JsonNode read(String document) {
    try (InputStream stream = SchemaRegistry.class.getResourceAsStream(document)) {
      if (stream == null) {
        throw new IllegalStateException(document + " is missing from the class path");
      }
      return Json.parse(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode document) {
    String urn = document.path("id").asText();
    documents.put(urn, document);
    attributes.put(urn, SchemaDocument.attributes(document.path("attributes")));
  }

  private void extend(List<SchemaExtension> added) {
    for (SchemaExtension extension : added) {
      add(extension.document());
      List<String> urns = new ArrayList<>(extensions(extension.type()));
      urns.add(extension.urn());
      extensions.put(extension.type(), List.copyOf(urns));
    }
    for (ResourceType type : ResourceType.values()) {
      names.put(type, new AttributeNames(topLevel(type)));
    }
  }

  private List<Attribute> topLevel(ResourceType type) {
    List<Attribute> all = new ArrayList<>(CommonAttributes.ALL);
    all.addAll(attributes(type.schema()));
    for (String urn : extensions(type)) {
      all.add(CommonAttributes.extension(urn, attributes(urn)));
    }
    return all;
  }

  /** URNs of a resource type's schema extensions; a resource need not have any of them. */
  public List<String> extensions(ResourceType type) {
    return extensions.getOrDefault(type, List.of());
  }

  /** URNs of the schemas served, in the order in which {@code /Schemas} lists them. */
  public List<String> urns() {
    return List.copyOf(documents.keySet());
  }

  /** The document of a schema as the RFC writes it, without {@code meta}; for reading only. */
  public Optional<JsonNode> json(String urn) {
    return Optional.ofNullable(documents.get(urn));
  }

  /** The attributes of a schema; empty for an unknown URN. */
  public List<Attribute> attributes(String urn) {
    return attributes.getOrDefault(urn, List.of());
  }

  /** Every attribute at the top level of a resource: common, core, then a complex one per URN. */
  public AttributeNames attributes(ResourceType type) {
    AttributeNames known = names.get(type);
    if (known == null) {
      throw new IllegalStateException("No schema for " + type);
    }
    return known;
  }

  /** The definition that a path leads to: that of the sub-attribute where one is named. */
  public Optional<Attribute> find(ResourceType type, AttributePath path) {
    return resolve(type, path).map(ResolvedPath::attribute);
  }

  /**
   * The path in the schema's own spelling: the core URN dropped, a bare extension URN as the name.
   * An unknown path is returned as it is.
   */
  public AttributePath canonical(ResourceType type, AttributePath path) {
    return resolve(type, path).map(ResolvedPath::path).orElse(path);
  }

  /** Both of {@link #canonical} and {@link #find}; empty for an unknown path. */
  public Optional<ResolvedPath> resolve(ResourceType type, AttributePath path) {
    AttributeNames top = attributes(type);
    if (path.schema().isEmpty() || path.schema().get().equalsIgnoreCase(type.schema())) {
      return member(Optional.empty(), top.find(path.name()), path.subAttribute());
    }
    String urn = path.schema().get();
    Optional<Attribute> extension = top.find(urn);
    if (extension.isPresent()) {
      Optional<Attribute> attribute = extension.get().subAttribute(path.name());
      return member(Optional.of(extension.get().name()), attribute, path.subAttribute());
    }
    // The URN's own last part was read as an attribute: urn:…:enterprise:2.0 and User.
    return member(Optional.empty(), top.find(urn + ':' + path.name()), path.subAttribute());
  }

  private static Optional<ResolvedPath> member(
      Optional<String> schema, Optional<Attribute> parent, Optional<String> subAttribute) {
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    Attribute attribute = parent.get();
    if (subAttribute.isEmpty()) {
      AttributePath path = new AttributePath(schema, attribute.name(), Optional.empty());
      return Optional.of(new ResolvedPath(path, attribute, attribute));
    }
    return attribute
        .subAttribute(subAttribute.get())
        .map(sub ->
            new ResolvedPath(
                new AttributePath(schema, attribute.name(), Optional.of(sub.name())),
                attribute,
                sub));
  }

  /**
   * Reads and resolves the text of a path.
   *
   * @throws ScimException 400 invalidPath when it is malformed or names no attribute
   */
  public AttributePath parsePath(ResourceType type, String text) {
    return AttributePath.parse(text)
        .flatMap(path -> resolve(type, path))
        .map(ResolvedPath::path)
        .orElseThrow(() ->
            ScimException.badRequest(
                ScimType.INVALID_PATH,
                "Expected the path of an attribute of "
                    + type.title()
                    + ", but there is none of this name"));
  }

  /** Names are ASCII, so the root locale's rules are the protocol's. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
