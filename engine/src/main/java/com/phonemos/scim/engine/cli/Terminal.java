package com.phonemos.scim.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.EngineConfig;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command is called.
 *
 * @param out takes results only, so that scripts can use them as they are
 * @param err takes words for people
 */
record Terminal(Map<String, String> environment, PrintWriter out, PrintWriter err) {
  EngineConfig config() {
    return EngineConfig.read(environment);
  }

  /** As a table for people, or as a JSON array of objects for programs. */
  void print(boolean json, List<String> header, List<List<String>> rows) {
    if (!json) {
      table(header, rows);
      return;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (List<String> row : rows) {
      ObjectNode object = list.addObject();
      for (int column = 0; column < header.size(); column++) {
        object.put(header.get(column).toLowerCase(Locale.ROOT), row.get(column));
      }
    }
    out.println(list.toPrettyString());
  }

  /** A day, for people. */
  static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** What the HTTP API would answer. */
  void json(JsonNode answer) {
    out.println(answer.toPrettyString());
  }

  /** In columns as wide as their widest cell. */
  void table(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    int[] widths = new int[header.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column));
        line.repeat(' ', widths[column] - row.get(column).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
