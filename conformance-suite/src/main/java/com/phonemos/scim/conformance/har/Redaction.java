package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes secrets out of a session, and people where that is wanted. Tokens become {@code token-1},
 * {@code token-2} in the order they come, so that sessions of several tenants can be replayed.
 */
public final class Redaction {
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Optional<Pseudonyms> pseudonyms;

  /** A redaction of one session. */
  public Redaction(Optional<Pseudonyms> pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** The entry without what must not be kept. */
  public HarEntry redacted(HarEntry entry) {
    Optional<String> authorization = entry.requestHeader("Authorization");
    authorization.ifPresent(this::label);
    return new HarEntry(
        entry.startedAt(),
        entry.took(),
        entry.method(),
        hidden(pseudonyms.map(names -> names.url(entry.url())).orElse(entry.url())),
        headers(entry.requestHeaders()),
        entry.requestBody().map(this::body),
        entry.status(),
        headers(entry.responseHeaders()),
        entry.mimeType(),
        body(entry.responseBody()),
        entry.comment());
  }

  private String label(String secret) {
    return tokens.computeIfAbsent(secret, key -> "token-" + (tokens.size() + 1));
  }

  private List<Header> headers(List<Header> headers) {
    return headers.stream()
        .map(header ->
            header.name().equalsIgnoreCase("Authorization")
                ? new Header(header.name(), "Bearer " + label(header.value()))
                : new Header(header.redacted().name(), hidden(header.redacted().value())))
        .toList();
  }

  private String body(String text) {
    Optional<JsonNode> json = Json.read(text).filter(JsonNode::isContainerNode);
    if (json.isEmpty()) {
      return hidden(text);
    }
    boolean secret = text.toLowerCase(Locale.ROOT).contains("password");
    // Untouched where nothing has to go: a recording shows what was sent, to the letter.
    if (!secret && pseudonyms.isEmpty()) {
      return hidden(text);
    }
    blank(json.get());
    pseudonyms.ifPresent(names -> names.tree(json.get()));
    return hidden(json.get().toString());
  }

  private static void blank(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name :
          List.copyOf(object.properties().stream().map(Map.Entry::getKey).toList())) {
        boolean password = name.toLowerCase(Locale.ROOT).endsWith("password");
        if (password && object.get(name).isTextual()) {
          object.put(name, Header.REDACTED);
        } else if (object.path("path").asText().equalsIgnoreCase("password")
            && name.equals("value")) {
          object.put(name, Header.REDACTED);
        } else {
          blank(object.get(name));
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(Redaction::blank);
    }
  }

  private String hidden(String text) {
    String hidden = text;
    for (String authorization : tokens.keySet()) {
      String secret = authorization.replaceFirst("(?i)^bearer +", "");
      if (secret.length() >= 8) {
        hidden = hidden.replace(secret, Header.REDACTED);
      }
    }
    return hidden;
  }
}
