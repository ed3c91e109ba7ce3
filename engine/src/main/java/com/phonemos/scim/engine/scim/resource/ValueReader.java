package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A client's value of an attribute, checked against its definition (RFC 7643 §2.3) and in the
 * schema's spelling. Whatever PostgreSQL's {@code jsonb} would refuse is refused here.
 */
public final class ValueReader {
  /** Elements of a multi-valued attribute at most. */
  public static final int MAX_VALUES = 10_000;

  private static final ValueReader TOLERANT = new ValueReader(false);
  private static final ValueReader STRICT = new ValueReader(true);

  private final boolean strict;

  private ValueReader(boolean strict) {
    this.strict = strict;
  }

  /** The one for a dialect; what it refuses beyond the others it refuses as invalidValue. */
  public static ValueReader of(Dialect dialect) {
    return dialect == Dialect.STRICT ? STRICT : TOLERANT;
  }

  /**
   * Reads a value of an attribute, all of them where it is multi-valued.
   *
   * @return empty when the value is {@code null} or an empty array or object, which RFC 7643 §2.5
   *     calls unassigned
   * @throws ScimException 400 invalidValue naming the attribute and what was expected; 400
   *     invalidSyntax for a sub-attribute that is there twice
   */
  public Optional<JsonNode> read(Attribute attribute, JsonNode value) {
    if (value.isNull()) {
      return Optional.empty();
    }
    return attribute.multiValued() ? array(attribute, value) : one(attribute, value);
  }

  /** Reads one element of a multi-valued attribute. */
  public Optional<JsonNode> element(Attribute attribute, JsonNode value) {
    return value.isNull() ? Optional.empty() : one(attribute, value);
  }

  /**
   * At most one element may be the primary one (RFC 7643 §2.4).
   *
   * @throws ScimException 400 invalidValue
   */
  public static void requireOnePrimary(Attribute attribute, JsonNode values) {
    int primaries = 0;
    for (JsonNode element : values) {
      primaries += element.path("primary").asBoolean(false) ? 1 : 0;
    }
    if (primaries > 1) {
      throw refuse(attribute, "at most one value that is primary", "there are " + primaries);
    }
  }

  private Optional<JsonNode> array(Attribute attribute, JsonNode value) {
    if (!(value instanceof ArrayNode elements)) {
      throw refuse(attribute, "an array", "it is none");
    }
    if (elements.size() > MAX_VALUES) {
      throw refuse(attribute, "at most " + MAX_VALUES + " values", "there are more");
    }
    ArrayNode read = JsonNodeFactory.instance.arrayNode(elements.size());
    for (JsonNode element : elements) {
      element(attribute, element).ifPresent(read::add);
    }
    requireOnePrimary(attribute, read);
    return read.isEmpty() ? Optional.empty() : Optional.of(read);
  }

  private Optional<JsonNode> one(Attribute attribute, JsonNode value) {
    return switch (attribute.type()) {
      case STRING, REFERENCE -> Optional.of(text(attribute, value));
      case BINARY -> Optional.of(binary(attribute, value));
      case DATE_TIME -> Optional.of(dateTime(attribute, value));
      case BOOLEAN -> Optional.of(bool(attribute, value));
      case INTEGER, DECIMAL -> Optional.of(number(attribute, value));
      case COMPLEX -> complex(attribute, value);
    };
  }

  private JsonNode text(Attribute attribute, JsonNode value) {
    if (!value.isTextual()) {
      throw refuse(attribute, "a text", "it is another kind of value");
    }
    Storable.requireText(attribute.name(), value.textValue());
    if (strict && !isCanonical(attribute, value.textValue())) {
      throw refuse(attribute, "one of its canonical values", "it is another text");
    }
    return value;
  }

  /** RFC 7643 §7 only suggests them, and identity providers have types of their own [D E6]. */
  private static boolean isCanonical(Attribute attribute, String text) {
    return attribute.canonicalValues().isEmpty()
        || attribute.canonicalValues().stream()
            .anyMatch(one -> attribute.caseExact() ? one.equals(text) : one.equalsIgnoreCase(text));
  }

  private JsonNode binary(Attribute attribute, JsonNode value) {
    try {
      // Both alphabets of RFC 7643 §2.3.6; certificates often come with line breaks.
      String base64 = text(attribute, value).textValue().replace("\r", "").replace("\n", "");
      Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
      return value;
    } catch (IllegalArgumentException notBase64) {
      throw refuse(attribute, "base64", "it is another text");
    }
  }

  private JsonNode dateTime(Attribute attribute, JsonNode value) {
    if (DateTime.parse(text(attribute, value).textValue()).isEmpty()) {
      throw refuse(attribute, "a dateTime such as 2011-05-13T04:42:34Z", "it is another text");
    }
    return value;
  }

  /** Entra sends {@code "True"} and {@code "False"} [D E2]; truth is never guessed from others. */
  private JsonNode bool(Attribute attribute, JsonNode value) {
    if (value.isBoolean()) {
      return value;
    }
    if (!strict && value.isTextual() && value.textValue().equalsIgnoreCase("true")) {
      return BooleanNode.TRUE;
    }
    if (!strict && value.isTextual() && value.textValue().equalsIgnoreCase("false")) {
      return BooleanNode.FALSE;
    }
    throw refuse(attribute, "true or false", "it is another value");
  }

  private static JsonNode number(Attribute attribute, JsonNode value) {
    boolean fits =
        attribute.type() == Attribute.Type.INTEGER ? value.isIntegralNumber() : value.isNumber();
    if (!fits) {
      throw refuse(attribute, "a number", "it is another value");
    }
    Storable.requireNumber(attribute.name(), value);
    return value;
  }

  private Optional<JsonNode> complex(Attribute attribute, JsonNode value) {
    JsonNode only =
        !strict
                && value instanceof ArrayNode elements
                && elements.size() == 1
                && !attribute.multiValued()
            ? elements.get(0) // Entra's old sample of manager [D E1, example 5].
            : value;
    if (only.isTextual() && !attribute.multiValued()) {
      return reference(attribute, only);
    }
    if (!(only instanceof ObjectNode object)) {
      throw refuse(attribute, "an object", "it is another kind of value");
    }
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Optional<Attribute> sub = attribute.subAttribute(member.getKey());
      if (sub.isEmpty()) {
        skip(attribute, member.getValue());
      } else if (isClients(sub.get())) {
        put(read, attribute, sub.get(), member.getValue());
      }
    }
    boolean emptied = isReference(attribute) && read.path("value").asText().isEmpty();
    return read.isEmpty() || emptied ? Optional.empty() : Optional.of(read);
  }

  /** A {@code $ref} follows from the value beside it; a client's own could lead anywhere. */
  private static boolean isClients(Attribute sub) {
    return sub.mutability() != Attribute.Mutability.READ_ONLY && !sub.name().equals("$ref");
  }

  private void put(ObjectNode read, Attribute attribute, Attribute sub, JsonNode value) {
    read(sub, value)
        .ifPresent(checked -> {
          if (read.has(sub.name())) {
            throw ScimException.badRequest(
                ScimType.INVALID_SYNTAX,
                "Expected " + attribute.name() + "." + sub.name() + " once, but it is there twice");
          }
          read.set(sub.name(), checked);
        });
  }

  /** Entra sends the manager's id as a bare string, {@code ""} to clear it [O S7, D E10]. */
  private Optional<JsonNode> reference(Attribute attribute, JsonNode id) {
    if (strict || !isReference(attribute)) {
      throw refuse(attribute, "an object", "it is a text");
    }
    Storable.requireText(attribute.name(), id.textValue());
    return id.textValue().isEmpty()
        ? Optional.empty()
        : Optional.of(JsonNodeFactory.instance.objectNode().set("value", id));
  }

  /** A single-valued complex attribute that stands for another resource, such as manager. */
  private static boolean isReference(Attribute attribute) {
    return !attribute.multiValued()
        && attribute.subAttribute("value").isPresent()
        && attribute.subAttribute("$ref").isPresent();
  }

  /** What the schema does not know is not stored, but it has to be JSON that could be. */
  private void skip(Attribute attribute, JsonNode value) {
    if (strict) {
      throw refuse(attribute, "an object of its sub-attributes", "there is another one");
    }
    Storable.require(value);
  }

  private static ScimException refuse(Attribute attribute, String expected, String fact) {
    return ScimException.badRequest(
        ScimType.INVALID_VALUE,
        "Expected " + attribute.name() + " to be " + expected + ", but " + fact);
  }
}
