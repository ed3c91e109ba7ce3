package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The body of a POST or PUT, checked against the schema and in its spelling (RFC 7644 §3.3,
 * §3.5.1). Attributes that a client may not set are left out, because clients echo what they were
 * sent; unknown ones too, unless the dialect is strict.
 */
public final class BodyReader {
  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final Dialect dialect;
  private final ObjectNode read = JsonNodeFactory.instance.objectNode();
  private Optional<Set<UUID>> members = Optional.empty();

  private BodyReader(SchemaRegistry schemas, ResourceType type, Dialect dialect) {
    this.schemas = schemas;
    this.type = type;
    this.dialect = dialect;
  }

  /**
   * What a body says.
   *
   * @param members of a group; absent when the body does not name them
   */
  public record Body(Attributes attributes, Optional<Set<UUID>> members) {}

  /**
   * Reads the body of a POST or PUT.
   *
   * @throws ScimException 400 invalidSyntax or invalidValue, naming the attribute
   */
  public static Body read(
      SchemaRegistry schemas, ResourceType type, Dialect dialect, ObjectNode body) {
    BodyReader reader = new BodyReader(schemas, type, dialect);
    if (dialect == Dialect.STRICT && !body.has("schemas")) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected schemas to name the body's schemas, but it is missing");
    }
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      reader.member(member.getKey(), member.getValue());
    }
    return new Body(ResourceCheck.checked(schemas, type, reader.read), reader.members);
  }

  private void member(String name, JsonNode value) {
    Attribute attribute = schemas.attributes(type).find(name).orElse(null);
    if (attribute == null) {
      unknown(name, value);
    } else if (attribute.name().equals("schemas")) {
      requireSchemas(value);
    } else if (type == ResourceType.GROUP && attribute.name().equals("members")) {
      // Null says nothing, as for other attributes; an empty array empties the group.
      members = value.isNull() ? Optional.empty() : Optional.of(MemberReader.all(value));
    } else if (attribute.mutability() == Attribute.Mutability.READ_ONLY) {
      Storable.require(value);
    } else {
      put(attribute, value);
    }
  }

  private void unknown(String name, JsonNode value) {
    if (dialect == Dialect.STRICT) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX,
          "Expected attributes of " + type.title() + " only, but there is another one");
    }
    Storable.requireText("every name", name);
    Storable.require(value);
  }

  private void put(Attribute attribute, JsonNode value) {
    Optional<JsonNode> checked = ValueReader.of(dialect).read(attribute, value);
    if (checked.isEmpty() || attribute.returned() == Attribute.Returned.NEVER) {
      return; // A password is checked and forgotten: logins are Keycloak's.
    }
    if (read.has(attribute.name())) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected " + attribute.name() + " once, but it is there twice");
    }
    read.set(attribute.name(), checked.get());
  }

  /**
   * Forgiving, because OneLogin and Entra name URNs of their own [O C22, D E1]; refused is only
   * what cannot be this resource.
   */
  private void requireSchemas(JsonNode urns) {
    if (urns.isNull() && dialect != Dialect.STRICT) {
      return;
    }
    if (!urns.isArray()) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected schemas to be an array, but it is none");
    }
    boolean known = urns.isEmpty() && dialect != Dialect.STRICT;
    for (JsonNode urn : urns) {
      known |= isOurs(urn.asText());
    }
    if (!known) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected schemas to hold " + type.schema() + ", but it holds only others");
    }
  }

  private boolean isOurs(String urn) {
    if (urn.equalsIgnoreCase(type.schema())) {
      return true;
    }
    String text = urn.toLowerCase(Locale.ROOT);
    return dialect != Dialect.STRICT
        && (text.startsWith("urn:scim:schemas:core:")
            || text.startsWith("http://schemas.microsoft.com/")
            || schemas.extensions(type).stream().anyMatch(text::equalsIgnoreCase));
  }
}
