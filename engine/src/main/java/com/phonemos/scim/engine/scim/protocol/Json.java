package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as this service reads it: RFC 8259 to the letter, in UTF-8, within bounds. */
public final class Json {
  /** Characters of the longest text value. */
  public static final int MAX_STRING = 256 * 1024;

  /** Levels of nesting. */
  public static final int MAX_DEPTH = 64;

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /** The one mapper; use {@link #parse} for what comes from outside. */
  public static ObjectMapper shared() {
    return MAPPER;
  }

  private static ObjectMapper mapper() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_STRING)
            .maxNumberLength(100)
            .maxNameLength(1024)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /**
   * Reads one JSON document.
   *
   * @throws ScimException 400: invalidSyntax, or invalidValue for a text that is too long. The
   *     detail gives line and column, never content.
   */
  public static JsonNode parse(byte[] utf8) {
    if (utf8.length == 0) {
      throw syntax("Expected a JSON document, but the body is empty");
    }
    refuseOtherEncodings(utf8);
    try {
      JsonNode tree = MAPPER.readTree(utf8);
      if (tree.isMissingNode()) {
        throw syntax("Expected a JSON document, but the body is empty");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw tooLarge(e);
    } catch (JacksonException e) {
      throw syntax("Expected well-formed JSON, but " + fact(e) + at(e.getLocation()));
    } catch (NumberFormatException e) {
      throw syntax("Expected numbers with an exponent of at most ten digits, but one has more");
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /**
   * Reads one JSON object.
   *
   * @throws ScimException as {@link #parse}; 400 invalidSyntax for any other kind of document
   */
  public static ObjectNode parseObject(byte[] utf8) {
    if (parse(utf8) instanceof ObjectNode object) {
      return object;
    }
    throw syntax("Expected a JSON object, but the body is another kind of JSON");
  }

  /** UTF-8 bytes of a tree. */
  public static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JacksonException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }

  /** Jackson would detect UTF-16 and pass over a byte order mark; RFC 8259 §8.1 has neither. */
  private static void refuseOtherEncodings(byte[] utf8) {
    if ((utf8[0] & 0xFF) == 0xEF || (utf8[0] & 0xFF) >= 0xFE) {
      throw syntax("Expected UTF-8 without a byte order mark, but the body starts with one");
    }
    for (byte b : utf8) {
      if (b == 0) {
        throw syntax("Expected UTF-8, but the body holds a NUL byte or is UTF-16");
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw syntax("Expected UTF-8, but the body holds bytes that are none");
    }
  }

  private static ScimException tooLarge(StreamConstraintsException e) {
    // Jackson tells its limits apart by message only.
    boolean text = String.valueOf(e.getOriginalMessage()).startsWith("String value length");
    return text
        ? ScimException.badRequest(
            ScimType.INVALID_VALUE,
            "Expected texts of at most " + MAX_STRING + " characters, but there is a longer one")
        : syntax(
            "Expected JSON of at most "
                + MAX_DEPTH
                + " levels, numbers of at most 100 digits and names of at most 1024 characters,"
                + " but a limit is exceeded"
                + at(e.getLocation()));
  }

  private static String fact(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
        ? "a name occurs twice in an object"
        : "it is not";
  }

  private static String at(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
