package com.phonemos.scim.engine.scim.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The top-level attributes of a resource type by name, without regard to case (RFC 7643 §2.1). The
 * schema's own spelling, which nearly every request uses, is found without folding.
 */
public final class AttributeNames {
  private final List<Attribute> all;
  private final Map<String, Attribute> bySpelling = new HashMap<>();
  private final Map<String, Attribute> byFoldedName = new HashMap<>();

  AttributeNames(List<Attribute> all) {
    this.all = List.copyOf(all);
    for (Attribute attribute : all) {
      bySpelling.put(attribute.name(), attribute);
      byFoldedName.put(SchemaRegistry.fold(attribute.name()), attribute);
    }
  }

  public List<Attribute> all() {
    return all;
  }

  public Optional<Attribute> find(String name) {
    Attribute attribute = bySpelling.get(name);
    return Optional.ofNullable(
        attribute == null ? byFoldedName.get(SchemaRegistry.fold(name)) : attribute);
  }
}
