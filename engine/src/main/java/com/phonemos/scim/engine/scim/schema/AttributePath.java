package com.phonemos.scim.engine.scim.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An attribute path (RFC 7644 §3.10).
 *
 * <pre>
 * urn:ietf:params:scim:schemas:core:2.0:User:name.givenName
 * ^                                          ^    ^
 * schema                                     name subAttribute
 * </pre>
 *
 * @param schema URN of the schema; empty means the core schema of the resource type
 */
public record AttributePath(Optional<String> schema, String name, Optional<String> subAttribute) {
  public static AttributePath of(String name) {
    return new AttributePath(Optional.empty(), name, Optional.empty());
  }

  public static AttributePath of(String name, String subAttribute) {
    return new AttributePath(Optional.empty(), name, Optional.of(subAttribute));
  }

  /** Reads the text form; empty when it is malformed. Whether the schema knows it is not asked. */
  public static Optional<AttributePath> parse(String text) {
    int colon = text.lastIndexOf(':');
    Optional<String> schema = colon < 0 ? Optional.empty() : Optional.of(text.substring(0, colon));
    if (schema.isPresent() && !isUrn(schema.get())) {
      return Optional.empty();
    }
    String names = text.substring(colon + 1);
    int dot = names.indexOf('.');
    if (dot < 0) {
      return isName(names)
          ? Optional.of(new AttributePath(schema, names, Optional.empty()))
          : Optional.empty();
    }
    String name = names.substring(0, dot);
    String sub = names.substring(dot + 1);
    return isName(name) && isName(sub)
        ? Optional.of(new AttributePath(schema, name, Optional.of(sub)))
        : Optional.empty();
  }

  /**
   * The names on the way through a resource's JSON: below an extension's URN its attributes are
   * what sub-attributes are elsewhere.
   */
  public List<String> levels() {
    return Stream.of(schema, Optional.of(name), subAttribute).flatMap(Optional::stream).toList();
  }

  /** RFC 7643 §2.1, {@code ATTRNAME}, and {@code $ref}. */
  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits = i == 0 ? isLetter(c) || c == '$' : isLetter(c) || isDigit(c) || isJoint(c);
      if (!fits) {
        return false;
      }
    }
    return !text.isEmpty() && !text.equals("$");
  }

  private static boolean isUrn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !isDigit(c) && !isJoint(c) && c != ':' && c != '.') {
        return false;
      }
    }
    return text.regionMatches(true, 0, "urn:", 0, 4);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isJoint(char c) {
    return c == '-' || c == '_';
  }

  @Override
  public String toString() {
    return schema.map(urn -> urn + ':').orElse("")
        + name
        + subAttribute.map(sub -> '.' + sub).orElse("");
  }
}
