package com.phonemos.scim.engine.scim.schema;

import java.util.List;
import java.util.Optional;

/**
 * An attribute definition (RFC 7643 §7).
 *
 * @param subAttributes of a complex attribute; otherwise empty
 */
public record Attribute(
    String name,
    Type type,
    boolean multiValued,
    boolean required,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    Uniqueness uniqueness,
    List<String> canonicalValues,
    List<Attribute> subAttributes) {

  /** RFC 7643 §2.3. */
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATE_TIME,
    BINARY,
    REFERENCE,
    COMPLEX
  }

  /** RFC 7643 §7, {@code mutability}. */
  public enum Mutability {
    READ_ONLY,
    READ_WRITE,
    IMMUTABLE,
    WRITE_ONLY
  }

  /** RFC 7643 §7, {@code returned}. */
  public enum Returned {
    ALWAYS,
    NEVER,
    DEFAULT,
    REQUEST
  }

  /** RFC 7643 §7, {@code uniqueness}. */
  public enum Uniqueness {
    NONE,
    SERVER,
    GLOBAL
  }

  /** Whether it stands for a schema extension, whose name is a URN (RFC 7643 §3.3). */
  public boolean isExtension() {
    return name.indexOf(':') >= 0;
  }

  /** The sub-attribute of this name, compared without regard to case (RFC 7643 §2.1). */
  public Optional<Attribute> subAttribute(String subName) {
    for (Attribute sub : subAttributes) {
      if (sub.name().equalsIgnoreCase(subName)) {
        return Optional.of(sub);
      }
    }
    return Optional.empty();
  }
}
