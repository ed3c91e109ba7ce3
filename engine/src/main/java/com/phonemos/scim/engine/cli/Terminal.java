package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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
