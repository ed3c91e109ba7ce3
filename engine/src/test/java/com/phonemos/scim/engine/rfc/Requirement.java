package com.phonemos.scim.engine.rfc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that an RFC requires.
 *
 * @param id {@code rfc/section/number}
 * @param level MUST, SHALL, SHOULD or MAY
 * @param untested why no test shows it; empty for those that one shows
 */
record Requirement(String id, String level, String text, String untested) {
  private static final Path FILE = Path.of("src/test/resources/rfc/clauses.txt");

  /** All, in their order. */
  static List<Requirement> all() {
    List<Requirement> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (line.startsWith("rfc")) {
          String[] parts = line.split(" ", 3);
          all.add(new Requirement(parts[0], parts[1], parts[2], ""));
        } else if (line.startsWith("= ")) {
          Requirement last = all.removeLast();
          all.add(new Requirement(last.id, last.level, last.text, line.substring(2)));
        }
      }
      return all;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Such as {@code RFC 7644 §3.5.2}. */
  String section() {
    String[] parts = id.split("/");
    return parts[0].replace("rfc", "RFC ") + " §" + parts[1];
  }
}
