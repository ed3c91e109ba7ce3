package com.phonemos.scim.engine.scim.schema;

import java.util.Optional;

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

  @Override
  public String toString() {
    return schema.map(urn -> urn + ':').orElse("")
        + name
        + subAttribute.map(sub -> '.' + sub).orElse("");
  }
}
