package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.phonemos.scim.conformance.wire.Json;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the personal values of one exchange, in bodies, filters, paths and the texts of errors, and
 * puts pseudonyms in their place.
 */
final class PersonalData {
  private static final Pattern COMPARISON =
      Pattern.compile(
          "([\\w$:.-]+)(\\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\\s+)(\"(?:[^\"\\\\]|\\\\.)*\")",
          Pattern.CASE_INSENSITIVE);
  private static final String QUOTED = "\"[^\"]+\"|'[^']+'";
  private static final String ADDRESS = "[^\\s\"'<>(),;]+@[^\\s\"'<>(),;]+";
  private static final Pattern SEGMENT = Pattern.compile("(?<=/)[^/?#]*(?:@|%40)[^/?#]*");

  private final Pseudonyms pseudonyms;
  private final Map<String, String> met = new HashMap<>();

  PersonalData(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** A URL with other values in its filter, and where a user name is the id. */
  String url(String url) {
    String path =
        SEGMENT
            .matcher(url)
            .replaceAll(match -> Matcher.quoteReplacement(encoded(other(decoded(match.group())))));
    int at = path.indexOf("filter=");
    if (at < 0) {
      return path;
    }
    int end = path.indexOf('&', at) < 0 ? path.length() : path.indexOf('&', at);
    String filter = decoded(path.substring(at + 7, end));
    return path.substring(0, at + 7) + encoded(filter(filter)) + path.substring(end);
  }

  /** Changes a body in place. */
  void tree(JsonNode body) {
    change(body, "");
  }

  /**
   * Changes what is in an attribute.
   *
   * @param attribute name or path; empty for a resource
   */
  private void change(JsonNode node, String attribute) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String path = path(object, member.getKey(), attribute);
        members.put(filter(member.getKey()), changed(member.getValue(), path));
      }
      object.removeAll();
      object.setAll(members);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, changed(array.get(i), attribute));
      }
    }
  }

  /** The value of a PATCH operation belongs to the operation's path, another to its list. */
  private static String path(ObjectNode object, String name, String attribute) {
    String path = object.path("path").asText();
    return !name.equals("value") ? name : path.isEmpty() ? attribute + ".value" : path;
  }

  private JsonNode changed(JsonNode value, String attribute) {
    if (!value.isTextual()) {
      change(value, attribute);
      return value;
    }
    String text = value.asText();
    return TextNode.valueOf(
        switch (attribute) {
          case "filter", "path" -> filter(text);
          case "detail" -> told(text);
          case "location", "$ref" -> url(text);
          default -> personal(attribute, text) ? other(text) : text;
        });
  }

  private static boolean personal(String attribute, String text) {
    return PersonalAttributes.contains(attribute) || PersonalAttributes.address(text);
  }

  private String filter(String filter) {
    return COMPARISON
        .matcher(filter)
        .replaceAll(match -> {
          String value = Json.read(match.group(3)).map(JsonNode::asText).orElse(match.group(3));
          String attribute = enclosing(filter.substring(0, match.start())) + match.group(1);
          return Matcher.quoteReplacement(
              personal(attribute, value)
                  ? match.group(1) + match.group(2) + TextNode.valueOf(other(value))
                  : match.group());
        });
  }

  /** {@code emails.} where the text before ends within {@code emails[…}. */
  private static String enclosing(String before) {
    int open = before.lastIndexOf('[');
    return open > before.lastIndexOf(']')
        ? before.substring(0, open).replaceFirst(".*[\\s(]", "") + "."
        : "";
  }

  /** An error's text quotes what was sent, or tells it without quotes. */
  private String told(String detail) {
    String values =
        Stream.concat(
                met.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(value -> "(?<![\\p{L}\\d])" + Pattern.quote(value) + "(?![\\p{L}\\d])"),
                Stream.of(QUOTED, ADDRESS))
            .collect(Collectors.joining("|"));
    return Pattern.compile(values)
        .matcher(detail)
        .replaceAll(match -> Matcher.quoteReplacement(toldOther(match.group())));
  }

  private String toldOther(String value) {
    boolean attribute = PersonalAttributes.contains(value.replaceAll("[\"']", ""));
    return attribute ? value : met.getOrDefault(value, pseudonyms.text(value));
  }

  private String other(String value) {
    String other = pseudonyms.text(value);
    if (!value.isBlank()) {
      met.put(value, other);
    }
    return other;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
