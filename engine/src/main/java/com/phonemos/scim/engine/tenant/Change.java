package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a command does to its resource, decided and not yet applied.
 *
 * @param before empty where the command creates
 * @param after empty where the command deletes
 */
record Change(
    Optional<Resource> before,
    Optional<Resource> after,
    Set<UUID> membersAdded,
    Set<UUID> membersRemoved) {

  ResourceKey key() {
    return before.or(() -> after).orElseThrow().key();
  }

  static Change created(Resource after, Set<UUID> members) {
    return new Change(Optional.empty(), Optional.of(after), members, Set.of());
  }

  static Change deleted(Resource before) {
    return new Change(Optional.of(before), Optional.empty(), Set.of(), Set.of());
  }
}
