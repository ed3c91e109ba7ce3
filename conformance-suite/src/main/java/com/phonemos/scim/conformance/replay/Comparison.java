package com.phonemos.scim.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Compares answers by what they mean: members in any order, multi-valued attributes in any order,
 * what a server assigns by its presence alone.
 */
public final class Comparison {
  /** Where only presence counts. Error texts are for people and may be worded anew. */
  private static final Set<String> VOLATILE =
      Set.of(
          "/meta/created",
          "/meta/lastModified",
          "/meta/location",
          "/meta/version",
          "/id",
          "/detail",
          "/nextCursor",
          "/previousCursor",
          "/location",
          "/version");

  /** Headers whose presence is part of the answer. */
  private static final List<String> PRESENT =
      List.of("Location", "ETag", "WWW-Authenticate", "Retry-After", "Allow");

  private static final int LONGEST = 200;

  private final List<String> ignored;

  /**
   * A comparison.
   *
   * @param ignored JSON pointers, or {@code header NAME}, that are not looked at, with all below
   */
  public Comparison(List<String> ignored) {
    this.ignored = List.copyOf(ignored);
  }

  /**
   * All differences of an answer; empty where it means the same.
   *
   * @param mapped gives a live answer the recorded ids
   */
  public List<Difference> differences(
      int number, HarEntry recorded, Answer live, Function<JsonNode, JsonNode> mapped) {
    Found found = new Found(number, new ArrayList<>());
    if (recorded.status() != live.status()) {
      found.add("status", "" + recorded.status(), "" + live.status());
    }
    String was = media(recorded.responseHeader("Content-Type").orElse(recorded.mimeType()));
    String is = media(live.header("Content-Type").orElse(""));
    if (!was.equals(is)) {
      found.add("header Content-Type", was, is);
    }
    for (String name : PRESENT) {
      boolean before = recorded.responseHeader(name).isPresent();
      if (before != live.header(name).isPresent()) {
        found.add("header " + name, before ? "present" : "absent", before ? "absent" : "present");
      }
    }
    Optional<JsonNode> body = Json.read(recorded.responseBody());
    if (body.isPresent() != Json.read(live.body()).isPresent()) {
      found.add("body", shown(recorded.responseBody()), shown(live.body()));
    } else {
      body.ifPresent(json -> compare("", json, mapped.apply(live.json()), found));
    }
    return found.all.stream().filter(each -> !ignored(each.place())).toList();
  }

  private record Found(int number, List<Difference> all) {
    void add(String place, String recorded, String live) {
      all.add(new Difference(number, place, shown(recorded), shown(live)));
    }
  }

  private void compare(String place, JsonNode recorded, JsonNode live, Found found) {
    boolean same = recorded.equals(live) || equivalent(place, recorded, live);
    if (same) {
      return;
    }
    if (recorded.isObject() && live.isObject()) {
      Set<String> names = new TreeSet<>();
      recorded.properties().forEach(member -> names.add(member.getKey()));
      live.properties().forEach(member -> names.add(member.getKey()));
      names.forEach(
          name -> compare(place + "/" + name, recorded.path(name), live.path(name), found));
    } else if (recorded.isArray() && live.isArray()) {
      elements(place, recorded, live, found);
    } else {
      found.add(place, text(recorded), text(live));
    }
  }

  private static boolean equivalent(String place, JsonNode recorded, JsonNode live) {
    String plain = place.replaceAll("/(Resources|Operations)/[^/]*", "");
    boolean present = !recorded.isMissingNode() && !live.isMissingNode();
    if (present && (VOLATILE.contains(plain) || plain.endsWith("/$ref"))) {
      return true;
    }
    return recorded.isNumber()
        && live.isNumber()
        && recorded.decimalValue().compareTo(live.decimalValue()) == 0;
  }

  /** By what names an element, whatever its position. */
  private void elements(String place, JsonNode recorded, JsonNode live, Found found) {
    Map<String, JsonNode> before = keyed(recorded);
    Map<String, JsonNode> after = keyed(live);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      JsonNode none = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
      compare(
          place + "/" + key.replace("~", "~0").replace("/", "~1"),
          before.getOrDefault(key, none),
          after.getOrDefault(key, none),
          found);
    }
  }

  private static Map<String, JsonNode> keyed(JsonNode array) {
    Map<String, JsonNode> keyed = new TreeMap<>();
    for (JsonNode element : array) {
      String key = element.isValueNode() ? element.asText() : "";
      for (String name :
          List.of("userName", "bulkId", "displayName", "value", "name", "id", "type")) {
        if (key.isEmpty() && element.path(name).isTextual()) {
          key = element.path(name).asText();
        }
      }
      String unique = key;
      for (int i = 2; keyed.containsKey(unique); i++) {
        unique = key + " (" + i + ")";
      }
      keyed.put(unique, element);
    }
    return keyed;
  }

  private boolean ignored(String place) {
    return ignored.stream()
        .anyMatch(
            each -> place.equals(each) || place.startsWith(each + "/") || place.endsWith(each));
  }

  private static String media(String type) {
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "absent" : node.toString();
  }

  private static String shown(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
