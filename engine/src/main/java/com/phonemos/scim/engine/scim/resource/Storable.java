package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.util.Map;

/**
 * What PostgreSQL's {@code jsonb} can hold. Also asked of values that are not going to be stored: a
 * body is refused for what it holds, not for what becomes of it.
 */
public final class Storable {
  /** Beyond it a number has more digits than anybody means. */
  private static final int MAX_EXPONENT = 1_000;

  private Storable() {}

  /**
   * Checks a value at every depth.
   *
   * @throws ScimException 400: invalidValue for NUL or half of a surrogate pair, invalidSyntax for
   *     a number out of range
   */
  public static void require(JsonNode value) {
    if (value.isTextual()) {
      requireText("every text", value.textValue());
    } else if (value.isNumber()) {
      requireNumber("every number", value);
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      requireText("every name", member.getKey());
      require(member.getValue());
    }
    if (value.isArray()) {
      value.forEach(Storable::require);
    }
  }

  static void requireText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') {
        throw refuse(what, "a text without NUL characters", "there is one");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw refuse(what, "valid Unicode", "there is half of a surrogate pair");
      }
    }
  }

  static void requireNumber(String what, JsonNode number) {
    if (number.isBigDecimal() && Math.abs((long) number.decimalValue().scale()) > MAX_EXPONENT) {
      // Like a number of too many digits, which the parser refuses.
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX,
          "Expected " + what + " to have an exponent up to " + MAX_EXPONENT + ", but it is beyond");
    }
  }

  private static ScimException refuse(String what, String expected, String fact) {
    return ScimException.badRequest(
        ScimType.INVALID_VALUE, "Expected " + what + " to be " + expected + ", but " + fact);
  }
}
