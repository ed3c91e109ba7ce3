package com.phonemos.scim.engine.scim.schema;

import com.phonemos.scim.engine.scim.schema.Attribute.Mutability;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import com.phonemos.scim.engine.scim.schema.Attribute.Type;
import com.phonemos.scim.engine.scim.schema.Attribute.Uniqueness;
import java.util.List;

/**
 * The attributes that every resource has beside those of its schemas (RFC 7643 §3.1). {@code
 * externalId} is listed in the schema documents, because clients look for it there.
 */
final class CommonAttributes {
  static final List<Attribute> ALL =
      List.of(
          new Attribute(
              "schemas",
              Type.REFERENCE,
              true,
              false,
              true,
              Mutability.READ_ONLY,
              Returned.ALWAYS,
              Uniqueness.NONE,
              List.of(),
              List.of()),
          new Attribute(
              "id",
              Type.STRING,
              false,
              false,
              true,
              Mutability.READ_ONLY,
              Returned.ALWAYS,
              Uniqueness.SERVER,
              List.of(),
              List.of()),
          new Attribute(
              "meta",
              Type.COMPLEX,
              false,
              false,
              false,
              Mutability.READ_ONLY,
              Returned.DEFAULT,
              Uniqueness.NONE,
              List.of(),
              List.of(
                  meta("resourceType", Type.STRING),
                  meta("created", Type.DATE_TIME),
                  meta("lastModified", Type.DATE_TIME),
                  meta("location", Type.REFERENCE),
                  meta("version", Type.STRING))));

  private CommonAttributes() {}

  private static Attribute meta(String name, Type type) {
    return new Attribute(
        name,
        type,
        false,
        false,
        true,
        Mutability.READ_ONLY,
        Returned.DEFAULT,
        Uniqueness.NONE,
        List.of(),
        List.of());
  }

  /** A schema extension as an attribute named by its URN (RFC 7643 §3.3). */
  static Attribute extension(String urn, List<Attribute> attributes) {
    return new Attribute(
        urn,
        Type.COMPLEX,
        false,
        false,
        false,
        Mutability.READ_WRITE,
        Returned.DEFAULT,
        Uniqueness.NONE,
        List.of(),
        attributes);
  }
}
