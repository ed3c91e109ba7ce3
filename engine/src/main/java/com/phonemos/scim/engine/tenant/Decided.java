package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.Resource;
import java.util.Optional;

/**
 * What becomes of a command.
 *
 * @param change empty where nothing changes
 * @param resource as it is from then on; empty where it is deleted
 */
record Decided(Optional<Change> change, Optional<Resource> resource) {
  static Decided of(Change change) {
    return new Decided(Optional.of(change), change.after());
  }

  /** The resource is already as the client wants it. */
  static Decided unchanged(Resource resource) {
    return new Decided(Optional.empty(), Optional.of(resource));
  }

  boolean creates() {
    return change.filter(one -> one.before().isEmpty()).isPresent();
  }
}
