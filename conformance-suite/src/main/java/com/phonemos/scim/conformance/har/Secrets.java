package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.wire.Header;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of a session: what was shown as Authorization, wherever else it stands, and what goes
 * by the name of a secret in a URL, in a form (RFC 6749 §2.3.1) or in JSON.
 */
final class Secrets {
  private static final Set<String> NAMES =
      Set.of(
          "access_token",
          "refresh_token",
          "id_token",
          "token",
          "client_secret",
          "client_assertion",
          "assertion",
          "api_key",
          "apikey");

  private static final String PASSWORD = "password";
  private static final Pattern PARAMETER = Pattern.compile("([^=&?#]+)=([^&#]*)");

  /** Shorter ones stand in too many texts by chance. */
  private static final int SHORTEST = 8;

  private final Map<String, String> labels = new ConcurrentHashMap<>();

  /** What stands in place of an Authorization: the same for the same. */
  String label(String authorization) {
    return labels.computeIfAbsent(authorization, key -> "token-" + (labels.size() + 1));
  }

  Header header(Header header) {
    if (header.name().equalsIgnoreCase("Authorization")) {
      return new Header(header.name(), "Bearer " + label(header.value()));
    }
    Header redacted = header.redacted();
    return new Header(redacted.name(), text(parameters(redacted.value())));
  }

  /** Also for a form: other values where the name is that of a secret. */
  String parameters(String text) {
    return text.indexOf('=') < 0
        ? text
        : PARAMETER
            .matcher(text)
            .replaceAll(match ->
                Matcher.quoteReplacement(
                    secret(match.group(1))
                        ? match.group(1) + "=" + Header.REDACTED
                        : match.group()));
  }

  /** Whether there can be a secret in the JSON, by what its text holds. */
  boolean mayBeIn(String json) {
    String lower = json.toLowerCase(Locale.ROOT);
    return lower.contains(PASSWORD)
        || NAMES.stream().anyMatch(name -> lower.contains("\"" + name + "\""));
  }

  /** Changes a body in place. */
  void tree(JsonNode node) {
    boolean operation = password(node.path("path").asText(""));
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        String name = member.getKey();
        boolean text = member.getValue().isTextual();
        if ((password(name) && !name.equalsIgnoreCase("changePassword"))
            || (text && secret(name))
            || (operation && name.equals("value"))) {
          object.put(name, Header.REDACTED);
        }
      }
    }
    node.forEach(this::tree);
  }

  /** Without what was shown as Authorization. */
  String text(String text) {
    String hidden = text;
    for (String authorization : labels.keySet()) {
      for (String secret : shown(authorization)) {
        hidden = hidden.replace(secret, Header.REDACTED);
      }
    }
    return hidden;
  }

  private static List<String> shown(String authorization) {
    String credential = authorization.substring(authorization.indexOf(' ') + 1).strip();
    List<String> shown = List.of(credential);
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      String pair = decoded(credential);
      shown = List.of(credential, pair.substring(pair.indexOf(':') + 1));
    }
    return shown.stream().filter(secret -> secret.length() >= SHORTEST).toList();
  }

  private static String decoded(String credential) {
    try {
      return new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return "";
    }
  }

  private static boolean secret(String name) {
    String plain = name;
    try {
      plain = URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      // Then it is what it looks like.
    }
    return NAMES.contains(plain.toLowerCase(Locale.ROOT)) || password(plain);
  }

  /** Also with the URN of its schema. */
  private static boolean password(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(PASSWORD);
  }
}
