package com.phonemos.scim.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the recorded server assigned, and what the live one assigned in its place: ids, versions,
 * cursors. Learned from each pair of answers, used in each later request.
 */
final class IdMap {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_\\-]{1,128}");
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[^\"]*\"");

  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final Map<String, String> recordedIds = new ConcurrentHashMap<>();
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private final Map<String, String> cursors = new ConcurrentHashMap<>();

  /** Learns from an answer that was recorded and the one that came now. */
  void learn(HarEntry recorded, Answer live) {
    Json.read(recorded.responseBody()).ifPresent(body -> align(body, live.json()));
    recorded
        .responseHeader("ETag")
        .ifPresent(old -> live.header("ETag").ifPresent(now -> versions.put(old, now)));
    recorded
        .responseHeader("Location")
        .ifPresent(old -> live.header("Location").ifPresent(now -> id(last(old), last(now))));
  }

  private void align(JsonNode old, JsonNode live) {
    if (old.path("id").isTextual() && live.path("id").isTextual()) {
      id(old.path("id").asText(), live.path("id").asText());
    }
    put(versions, old.at("/meta/version"), live.at("/meta/version"));
    put(cursors, old.path("nextCursor"), live.path("nextCursor"));
    for (JsonNode resource : old.path("Resources")) {
      for (JsonNode other : live.path("Resources")) {
        if (same(resource, other)) {
          align(resource, other);
        }
      }
    }
    JsonNode operations = old.path("Operations");
    for (int i = 0; i < operations.size(); i++) {
      String location = operations.get(i).path("location").asText();
      String now = live.path("Operations").path(i).path("location").asText();
      if (!location.isEmpty() && !now.isEmpty()) {
        id(last(location), last(now));
      }
    }
  }

  private static boolean same(JsonNode one, JsonNode other) {
    for (String name : new String[] {"userName", "displayName", "externalId"}) {
      if (one.has(name) && other.has(name)) {
        return one.get(name).equals(other.get(name));
      }
    }
    return false;
  }

  private void id(String old, String live) {
    ids.put(old, live);
    recordedIds.put(live, old);
  }

  private static void put(Map<String, String> map, JsonNode old, JsonNode live) {
    if (old.isTextual() && live.isTextual()) {
      map.put(old.asText(), live.asText());
    }
  }

  /** A target with live ids and cursors. */
  String target(String target) {
    return TOKEN.matcher(target).replaceAll(match -> Matcher.quoteReplacement(token(match)));
  }

  private String token(java.util.regex.MatchResult match) {
    String token = match.group();
    return Optional.ofNullable(ids.get(token)).orElseGet(() -> cursors.getOrDefault(token, token));
  }

  /** A precondition with live versions. */
  String precondition(String header) {
    return ETAG.matcher(header)
        .replaceAll(
            match -> Matcher.quoteReplacement(versions.getOrDefault(match.group(), match.group())));
  }

  /** A body with live ids; unchanged to the byte where it has none. */
  String body(String text) {
    Optional<JsonNode> json = Json.read(text).filter(JsonNode::isContainerNode);
    if (json.isEmpty()) {
      return text;
    }
    JsonNode changed = tree(json.get().deepCopy(), this::live);
    return changed.equals(json.get()) ? text : changed.toString();
  }

  /**
   * A live answer with the recorded ids, to be compared: whatever it is that differs has the same
   * place in every replay.
   */
  JsonNode recorded(JsonNode live) {
    return tree(live.deepCopy(), text -> recordedIds.getOrDefault(text, text));
  }

  private static JsonNode tree(JsonNode node, UnaryOperator<String> mapping) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(member -> member.setValue(tree(member.getValue(), mapping)));
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, tree(array.get(i), mapping));
      }
      return array;
    }
    return node.isTextual() ? TextNode.valueOf(mapping.apply(node.asText())) : node;
  }

  private String live(String text) {
    String whole = ids.get(text);
    if (whole != null) {
      return whole;
    }
    // Ids inside of a path, a filter or a reference.
    return text.contains("/") || text.contains("\"") ? target(text) : text;
  }

  private static String last(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
