package com.phonemos.scim.idp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Golden sessions: requests as a captured or documented client sends them. In the files beside the
 * tests, lines that begin with # name the source, those with ## begin a section, and abbreviations
 * of URNs are spelled out when they are read.
 */
public final class Golden {
  private Golden() {}

  /** The whole file. */
  public static String session(Class<?> test, String file) {
    return spelledOut(lines(test, file));
  }

  /**
   * One section of a file.
   *
   * @throws IllegalArgumentException if there is no such section, or it names no source
   */
  public static String section(Class<?> test, String file, String title) {
    List<String> section =
        lines(test, file).stream()
            .dropWhile(line -> !line.equals("## " + title))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .toList();
    if (section.stream().noneMatch(line -> line.matches("# .*\\[[DORIM] ?.*].*"))) {
      throw new IllegalArgumentException(
          "Expected a section with a source, but got none: " + title);
    }
    return spelledOut(section);
  }

  private static List<String> lines(Class<?> test, String file) {
    try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String spelledOut(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("#") && !line.isEmpty())
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .replace("\"CORE\"", "\"urn:ietf:params:scim:schemas:core:2.0:User\"")
        .replace("\"GROUP\"", "\"urn:ietf:params:scim:schemas:core:2.0:Group\"")
        .replace("\"PATCHOP\"", "\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"")
        .replace("\"BULK\"", "\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"")
        .replace("ENT:", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:")
        .replace("\"ENT\"", "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"");
  }
}
