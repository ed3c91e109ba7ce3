package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.Attribute.Mutability;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Resources with values of every attribute of the schema, out of few values, so that they often
 * coincide; the same seed gives the same resources.
 */
final class GeneratedResources {
  /** Pairs that folding makes equal, pairs that it must not, and what SQL reads as a pattern. */
  static final List<String> TEXTS =
      List.of(
          "work",
          "WORK",
          "home",
          "a",
          "b",
          "",
          " a ",
          "\u2003b\u2003",
          "\u00A0a",
          "J\u00F6rg",
          "JO\u0308RG",
          "stra\u00DFe",
          "STRASSE",
          "\u0130zmir",
          "izmir",
          "\u212Aelvin",
          "kelvin",
          "\u03C3\u03C2",
          "\u03A3\u03A3",
          "\u01C5",
          "\uD83D\uDE00",
          "\uE000",
          "100%_",
          "back\\slash",
          "quo\"te",
          "O'Hara",
          "tab\t",
          "true",
          "null",
          "W/\"3\"");

  static final List<String> DATE_TIMES =
      List.of(
          "2024-02-29T12:00:00Z",
          "2024-02-29T13:00:00+01:00",
          "2024-02-29T12:00:00.000001Z",
          "2024-02-29T12:00:00.123456789Z",
          "0001-01-01T00:00:00+14:00",
          "9999-12-31T23:59:59-14:00");

  static final List<BigDecimal> NUMBERS =
      List.of(
          BigDecimal.ZERO,
          BigDecimal.ONE,
          new BigDecimal("-1"),
          new BigDecimal("1.0"),
          new BigDecimal("1.50"),
          new BigDecimal("1e3"));

  private static final Instant EPOCH = Instant.parse("2024-02-29T12:00:00Z");

  private final Random random;
  private final SchemaRegistry schemas;

  GeneratedResources(Random random, SchemaRegistry schemas) {
    this.random = random;
    this.schemas = schemas;
  }

  /** A resource as its row holds it. */
  record Row(
      ResourceType type,
      UUID id,
      Attributes attributes,
      long revision,
      Instant created,
      Instant modified) {}

  /** A resource that is not a member of anything yet. */
  Row next(ResourceType type, int number) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (Attribute attribute : schemas.attributes(type).all()) {
      if (isStored(attribute) && random.nextInt(4) > 0) {
        value(attribute).ifPresent(value -> tree.set(attribute.name(), value));
      }
    }
    String name = type == ResourceType.USER ? "userName" : "displayName";
    tree.put(name, text() + number);
    if (type == ResourceType.USER) {
      tree.put("active", random.nextBoolean()); // A stored user always says so.
    }
    return new Row(
        type,
        new UUID(random.nextLong() & ~0xF000L | 0x7000L, random.nextLong() >>> 2 | 1L << 63),
        Attributes.of(tree),
        1 + random.nextInt(5),
        instant(),
        instant());
  }

  private static boolean isStored(Attribute attribute) {
    return attribute.returned() != Returned.NEVER
        && attribute.mutability() != Mutability.READ_ONLY
        && !attribute.name().equals("members")
        && !attribute.name().equals("groups");
  }

  private Optional<JsonNode> value(Attribute attribute) {
    if (!attribute.multiValued()) {
      return one(attribute);
    }
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      one(attribute).ifPresent(values::add);
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values);
  }

  private Optional<JsonNode> one(Attribute attribute) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (attribute.type()) {
      case STRING, REFERENCE, BINARY -> Optional.of(json.textNode(text()));
      case BOOLEAN -> Optional.of(json.booleanNode(random.nextBoolean()));
      case INTEGER, DECIMAL -> Optional.of(json.numberNode(pick(NUMBERS)));
      case DATE_TIME -> Optional.of(json.textNode(pick(DATE_TIMES)));
      case COMPLEX -> {
        ObjectNode object = json.objectNode();
        for (Attribute sub : attribute.subAttributes()) {
          if (random.nextInt(3) > 0) {
            value(sub).ifPresent(value -> object.set(sub.name(), value));
          }
        }
        yield object.isEmpty() ? Optional.empty() : Optional.of(object);
      }
    };
  }

  private Instant instant() {
    return EPOCH.plusNanos(1_000L * random.nextInt(3)).plusSeconds(random.nextInt(3));
  }

  private String text() {
    return pick(TEXTS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
