package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A resource as it is read for an answer: its JSON is text, because most answers pass it through.
 *
 * @param attributes a JSON object, as {@code jsonb} prints it
 * @param references the first members of a group or groups of a user: a JSON array's text, without
 *     its brackets; blank when there are none or none were asked for
 * @param lastReference of {@code references}, where more may follow
 */
public record StoredResource(
    ResourceType type,
    UUID id,
    String attributes,
    String references,
    Optional<UUID> lastReference,
    Version version,
    Instant created,
    Instant modified) {

  /** Without values: they are personal data. */
  @Override
  public String toString() {
    return "StoredResource[" + id + ", " + version + "]";
  }
}
