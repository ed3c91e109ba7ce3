package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.phonemos.scim.conformance.wire.Header;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other names for people: each word of a personal value becomes a word of the same length and the
 * same capitals, the same one wherever it stands. So an address still looks like one, and still
 * belongs to the person whose display name holds the same words. Without the key nobody gets back.
 */
public final class Pseudonyms {
  private static final Pattern WORD = Pattern.compile("\\p{L}+|\\d+");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Set<String> PERSONAL =
      Set.of(
          "username",
          "displayname",
          "nickname",
          "givenname",
          "familyname",
          "middlename",
          "formatted",
          "streetaddress",
          "postalcode",
          "profileurl",
          "employeenumber",
          "externalid",
          "display");

  /** Multi-valued attributes whose {@code value} is personal. */
  private static final Set<String> LISTS = Set.of("emails", "phonenumbers", "ims", "photos");

  private static final Set<String> KEPT =
      Set.of("work", "home", "other", "mobile", "fax", "true", "false", "user", "group");

  private final SecretKeySpec key;

  /** Names that the key decides. */
  public Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** Changes a body in place. */
  void tree(JsonNode node) {
    change(node, "");
  }

  /** The URL with other values in its filter. */
  String url(String url) {
    int at = url.indexOf("filter=");
    if (at < 0) {
      return url;
    }
    int end = url.indexOf('&', at) < 0 ? url.length() : url.indexOf('&', at);
    String filter = URLDecoder.decode(url.substring(at + 7, end), StandardCharsets.UTF_8);
    String changed = URLEncoder.encode(filter(filter), StandardCharsets.UTF_8).replace("+", "%20");
    return url.substring(0, at + 7) + changed + url.substring(end);
  }

  private void change(JsonNode node, String list) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        String name = member.getKey().toLowerCase(Locale.ROOT);
        boolean personal =
            PERSONAL.contains(name)
                || (name.equals("value") && (LISTS.contains(list) || personalPath(object)));
        if (personal && member.getValue().isTextual()) {
          object.set(member.getKey(), TextNode.valueOf(text(member.getValue().asText())));
        } else if (name.equals("filter") && member.getValue().isTextual()) {
          object.put(member.getKey(), filter(member.getValue().asText()));
        } else {
          change(member.getValue(), name.equals("value") ? listOf(object) : name);
        }
      }
    } else {
      node.forEach(element -> change(element, list));
    }
  }

  private static String listOf(ObjectNode operation) {
    return operation.path("path").asText().replaceAll("[\\[.].*", "").toLowerCase(Locale.ROOT);
  }

  private static boolean personalPath(ObjectNode operation) {
    String path = operation.path("path").asText().toLowerCase(Locale.ROOT);
    String last = path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
    return PERSONAL.contains(last) || LISTS.contains(path.replaceAll("[\\[.].*", ""));
  }

  private String filter(String filter) {
    boolean ids = filter.matches("(?i).*\\b(id|value) eq .*") && !filter.contains("@");
    return ids
        ? filter
        : QUOTED
            .matcher(filter)
            .replaceAll(match -> Matcher.quoteReplacement("\"" + text(match.group(1)) + "\""));
  }

  String text(String text) {
    return text.equals(Header.REDACTED)
        ? text
        : WORD.matcher(text).replaceAll(match -> word(match.group()));
  }

  private String word(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (KEPT.contains(lower)) {
      return word;
    }
    byte[] hash = hash(lower);
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char old = word.charAt(i);
      int random = hash[i % hash.length] & 0xFF;
      if (Character.isDigit(old)) {
        other.append((char) ('0' + random % 10));
      } else {
        char letter =
            (i % 2 == 0 ? "bdfgklmnprstvz" : "aeiou").charAt(random % (i % 2 == 0 ? 14 : 5));
        other.append(Character.isUpperCase(old) ? Character.toUpperCase(letter) : letter);
      }
    }
    return other.toString();
  }

  private byte[] hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
