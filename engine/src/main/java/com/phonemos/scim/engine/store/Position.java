package com.phonemos.scim.engine.store;

import java.util.Optional;
import java.util.UUID;

/**
 * A place in an ordered list: that of a resource, whether it still exists or not. A page that
 * starts after it neither skips nor repeats a resource, whatever is created or deleted meanwhile.
 *
 * @param key what the list is sorted by, as PostgreSQL prints it; empty where the resource has no
 *     such value, or the list has the order of creation
 */
public record Position(Optional<String> key, UUID id) {
  /** Without the key: it may be personal data. */
  @Override
  public String toString() {
    return "Position[" + id + "]";
  }
}
