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

  private ValueReader() {}

  /**
   * Reads a value of an attribute, all of them where it is multi-valued.
   *
   * @return empty when the value is {@code null} or an empty array or object, which RFC 7643 §2.5
   *     calls unassigned
   * @throws ScimException 400 invalidValue naming the attribute and what was expected; 400
   *     invalidSyntax for a sub-attribute that is there twice
   */
  public static Optional<JsonNode> read(Attribute attribute, JsonNode value) {
    if (value.isNull()) {
      return Optional.empty();
    }
    return attribute.multiValued() ? array(attribute, value) : one(attribute, value);
  }

  /** Reads one element of a multi-valued attribute. */
  public static Optional<JsonNode> element(Attribute attribute, JsonNode value) {
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

  private static Optional<JsonNode> array(Attribute attribute, JsonNode value) {
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

  private static Optional<JsonNode> one(Attribute attribute, JsonNode value) {
    return switch (attribute.type()) {
      case STRING, REFERENCE -> Optional.of(text(attribute, value));
      case BINARY -> Optional.of(binary(attribute, value));
      case DATE_TIME -> Optional.of(dateTime(attribute, value));
      case BOOLEAN -> Optional.of(bool(attribute, value));
      case INTEGER, DECIMAL -> Optional.of(number(attribute, value));
      case COMPLEX -> complex(attribute, value);
    };
  }

  private static JsonNode text(Attribute attribute, JsonNode value) {
    if (!value.isTextual()) {
      throw refuse(attribute, "a text", "it is another kind of value");
    }
    requireStorable(attribute, value.textValue());
    return value;
  }

  private static JsonNode binary(Attribute attribute, JsonNode value) {
    try {
      // Both alphabets of RFC 7643 §2.3.6; certificates often come with line breaks.
      String base64 = text(attribute, value).textValue().replace("\r", "").replace("\n", "");
      Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
      return value;
    } catch (IllegalArgumentException notBase64) {
      throw refuse(attribute, "base64", "it is another text");
    }
  }

  private static JsonNode dateTime(Attribute attribute, JsonNode value) {
    if (DateTime.parse(text(attribute, value).textValue()).isEmpty()) {
      throw refuse(attribute, "a dateTime such as 2011-05-13T04:42:34Z", "it is another text");
    }
    return value;
  }

  /** Entra sends {@code "True"} and {@code "False"} [D E2]; truth is never guessed from others. */
  private static JsonNode bool(Attribute attribute, JsonNode value) {
    if (value.isBoolean()) {
      return value;
    }
    if (value.isTextual() && value.textValue().equalsIgnoreCase("true")) {
      return BooleanNode.TRUE;
    }
    if (value.isTextual() && value.textValue().equalsIgnoreCase("false")) {
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
    return value;
  }

  private static Optional<JsonNode> complex(Attribute attribute, JsonNode value) {
    JsonNode only =
        value instanceof ArrayNode elements && elements.size() == 1 && !attribute.multiValued()
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
      attribute
          .subAttribute(member.getKey())
          .filter(ValueReader::isClients)
          .ifPresent(sub -> put(read, attribute, sub, member.getValue()));
    }
    boolean emptied = isReference(attribute) && read.path("value").asText().isEmpty();
    return read.isEmpty() || emptied ? Optional.empty() : Optional.of(read);
  }

  /** A {@code $ref} follows from the value beside it; a client's own could lead anywhere. */
  private static boolean isClients(Attribute sub) {
    return sub.mutability() != Attribute.Mutability.READ_ONLY && !sub.name().equals("$ref");
  }

  private static void put(ObjectNode read, Attribute attribute, Attribute sub, JsonNode value) {
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
  private static Optional<JsonNode> reference(Attribute attribute, JsonNode id) {
    if (!isReference(attribute)) {
      throw refuse(attribute, "an object", "it is a text");
    }
    requireStorable(attribute, id.textValue());
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

  /** PostgreSQL stores neither NUL nor half of a surrogate pair. */
  static void requireStorable(Attribute attribute, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') {
        throw refuse(attribute, "a text without NUL characters", "there is one");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw refuse(attribute, "valid Unicode", "there is half of a surrogate pair");
      }
    }
  }

  private static ScimException refuse(Attribute attribute, String expected, String fact) {
    return ScimException.badRequest(
        ScimType.INVALID_VALUE,
        "Expected " + attribute.name() + " to be " + expected + ", but " + fact);
  }
}
