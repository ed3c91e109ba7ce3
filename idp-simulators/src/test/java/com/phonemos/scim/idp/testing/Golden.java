package com.phonemos.scim.idp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** Golden sessions: requests as a captured or documented client sends them. */
public final class Golden {
  private Golden() {}

  /**
   * The session in a file beside a test. Lines that begin with # name the source; abbreviations of
   * URNs are spelled out.
   */
  public static String session(Class<?> test, String name) {
    try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.joining("\n"))
              .replace("\"CORE\"", "\"urn:ietf:params:scim:schemas:core:2.0:User\"")
              .replace("\"GROUP\"", "\"urn:ietf:params:scim:schemas:core:2.0:Group\"")
              .replace("\"PATCHOP\"", "\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"")
              .replace("ENT:", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:")
              .replace("\"ENT\"", "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"")
          + "\n";
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
