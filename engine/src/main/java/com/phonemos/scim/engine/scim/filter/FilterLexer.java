package com.phonemos.scim.engine.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The tokens of a filter, taken from left to right. */
final class FilterLexer {
  private final String text;
  private int at;

  FilterLexer(String text) {
    this.text = text;
  }

  boolean atEnd() {
    skipSpaces();
    return at == text.length();
  }

  /** Takes one character if it is next. */
  boolean take(char expected) {
    skipSpaces();
    boolean next = at < text.length() && text.charAt(at) == expected;
    at += next ? 1 : 0;
    return next;
  }

  /** Takes a word, in any letter case, if it is next and ends there. */
  boolean takeWord(String word) {
    skipSpaces();
    int end = at + word.length();
    boolean next =
        text.regionMatches(true, at, word, 0, word.length())
            && (end == text.length() || !isOfPath(text.charAt(end)));
    at = next ? end : at;
    return next;
  }

  /** Takes the characters of an attribute path or word; fails when there are none. */
  String path() {
    skipSpaces();
    int start = at;
    while (at < text.length() && isOfPath(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error("an attribute path, \"not\" or \"(\"");
    }
    return text.substring(start, at);
  }

  Optional<CompareOperator> operator() {
    for (CompareOperator operator : CompareOperator.values()) {
      if (takeWord(operator.keyword())) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  Literal literal() {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == '"') {
      return new Literal.Text(string());
    }
    if (takeWord("true")) {
      return new Literal.Bool(true);
    }
    if (takeWord("false")) {
      return new Literal.Bool(false);
    }
    if (takeWord("null")) {
      return new Literal.Null();
    }
    return new Literal.Numeric(number());
  }

  private String string() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw error("a closing quote for the text that starts here");
    }
    String json = text.substring(at, end + 1);
    try {
      JsonNode value = Json.parse(json.getBytes(StandardCharsets.UTF_8));
      at = end + 1;
      return value.textValue();
    } catch (ScimException malformed) {
      throw error("a JSON text");
    }
  }

  private BigDecimal number() {
    int end = at;
    while (end < text.length() && "+-.eE0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    try {
      BigDecimal value = new BigDecimal(text.substring(at, end));
      if (end - at > 100 || Math.abs((long) value.scale()) > 1_000) {
        throw error("a number of reasonable size");
      }
      at = end;
      return value;
    } catch (NumberFormatException notANumber) {
      throw error("a value: a text in double quotes, a number, true, false or null");
    }
  }

  ScimException error(String expected) {
    String found = at < text.length() ? "there is something else" : "the filter ends";
    return ScimException.badRequest(
        ScimType.INVALID_FILTER,
        "Expected " + expected + " at column " + (at + 1) + " of the filter, but " + found);
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private static boolean isOfPath(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._-:$".indexOf(c) >= 0;
  }
}
