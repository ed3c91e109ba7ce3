package com.phonemos.scim.conformance.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** JSON in and out. */
public final class Json {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final JsonMapper QUOTED =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private Json() {}

  /** The JSON of an answer; empty if it is none. */
  public static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  /**
   * JSON as the cases write it, with single quotes, so that it is readable in a Java string.
   *
   * @throws IllegalArgumentException if a case is written wrongly
   */
  public static ObjectNode of(String text) {
    try {
      return (ObjectNode) QUOTED.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("Expected JSON, but it is " + text, broken);
    }
  }

  /** Any value as JSON. */
  public static JsonNode tree(Object value) {
    return QUOTED.valueToTree(value);
  }

  /** With line breaks and indentation. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }
}
