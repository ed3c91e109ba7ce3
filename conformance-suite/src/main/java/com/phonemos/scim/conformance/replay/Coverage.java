package com.phonemos.scim.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a session touches: endpoints, clauses of RFC 7644, quirks of dialects. */
public final class Coverage {
  private static final Pattern OPERATOR =
      Pattern.compile("(?i)\\s(eq|ne|co|sw|ew|gt|ge|lt|le|pr|and|or)\\b|\\b(not)\\s*\\(|(\\[)");
  private static final Set<String> OPS = Set.of("add", "remove", "replace");

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  /** Counts one exchange. */
  public void add(HarEntry entry) {
    String target = entry.target();
    String path = target.replaceFirst("\\?.*", "");
    String endpoint =
        path.replaceFirst("(?i)^/(Users|Groups|Schemas|ResourceTypes)/(?!\\.search).+", "/$1/{id}");
    count("endpoint", entry.method() + " " + endpoint + " " + entry.status());
    switch (entry.method()) {
      case "POST" ->
          clause(
              path.endsWith("/.search")
                  ? "3.4.3 .search"
                  : path.equals("/Bulk") ? "3.7 bulk" : "3.3 create");
      case "PUT" -> clause("3.5.1 PUT");
      case "DELETE" -> clause("3.6 delete");
      case "GET" ->
          clause(
              path.matches("(?i)/(Users|Groups)")
                  ? "3.4.2 query"
                  : path.matches("(?i)/(Users|Groups)/.+") ? "3.4.1 retrieve" : "4 discovery");
      default -> {}
    }
    if (entry.status() >= 400) {
      clause("3.12 errors");
    }
    if (entry.requestHeader("If-Match").isPresent()
        || entry.requestHeader("If-None-Match").isPresent()) {
      clause("3.14 versions");
    }
    query(target);
    entry.requestBody().flatMap(Json::read).ifPresent(body -> body(entry, body));
  }

  /** Kind, then what, to how often. */
  public Map<String, Map<String, Integer>> counts() {
    return counts;
  }

  private void query(String target) {
    int at = target.indexOf('?');
    for (String pair : at < 0 ? new String[0] : target.substring(at + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      switch (parts[0]) {
        case "filter" ->
            filter(URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        case "startIndex", "count" -> clause("3.4.2.4 pagination");
        case "cursor" -> clause("RFC 9865 cursor");
        case "sortBy" -> clause("3.4.2.3 sorting");
        case "attributes", "excludedAttributes" -> clause("3.9 chosen attributes");
        case "" -> quirk("empty query parameter");
        default -> quirk("query parameter " + parts[0]);
      }
    }
  }

  private void filter(String filter) {
    clause("3.4.2.2 filter");
    String bare = filter.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"…\"");
    count("filter", bare);
    Matcher operators = OPERATOR.matcher(bare);
    while (operators.find()) {
      count("filter operator", operators.group().strip().toLowerCase(Locale.ROOT));
    }
  }

  private void body(HarEntry entry, JsonNode body) {
    if (!entry.method().equals("PATCH")) {
      if (body.has("password")) {
        quirk("password in a resource");
      }
      return;
    }
    if (body.properties().iterator().next().getKey().equals("Operations")) {
      quirk("Operations before schemas");
    }
    for (JsonNode operation : body.path("Operations")) {
      String op = operation.path("op").asText();
      String verb = op.toLowerCase(Locale.ROOT);
      String path = operation.path("path").asText();
      JsonNode value = operation.path("value");
      clause("3.5.2." + (verb.equals("add") ? 1 : verb.equals("remove") ? 2 : 3) + " " + verb);
      count(
          "patch",
          verb + " " + (path.isEmpty() ? "(no path)" : path.replaceAll("\"[^\"]*\"", "\"…\"")));
      if (!OPS.contains(op)) {
        quirk("op " + op);
      }
      if (path.isEmpty()) {
        quirk("no path");
        value.properties().stream()
            .map(Map.Entry::getKey)
            .filter(key -> key.contains(".") || key.contains(":"))
            .forEach(key -> quirk("dotted or URN key"));
      }
      if (value.isTextual() && value.asText().matches("(?i)true|false")) {
        quirk("boolean as text");
      }
      if (verb.equals("remove") && !value.isMissingNode()) {
        quirk("remove with a value");
      }
      if (path.endsWith(":manager") && value.isTextual()) {
        quirk("manager as text");
      }
      if (path.contains("[") && !verb.equals("remove")) {
        quirk("add or replace by value path");
      }
    }
  }

  private void clause(String name) {
    count("clause", name);
  }

  private void quirk(String name) {
    count("quirk", name);
  }

  private void count(String kind, String what) {
    counts.computeIfAbsent(kind, key -> new TreeMap<>()).merge(what, 1, Integer::sum);
  }
}
