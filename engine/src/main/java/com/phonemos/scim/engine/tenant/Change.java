package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a command does to its resource, decided and not yet applied.
 *
 * @param before empty where the command creates
 * @param after empty where the command deletes
 * @param membersAdded with what each of them is
 * @param membersRemoved with what each of them is
 */
record Change(
    Optional<Resource> before,
    Optional<Resource> after,
    Map<UUID, ResourceType> membersAdded,
    Map<UUID, ResourceType> membersRemoved) {

  ResourceKey key() {
    return before.or(() -> after).orElseThrow().key();
  }

  static Change created(Resource after, Map<UUID, ResourceType> members) {
    return new Change(Optional.empty(), Optional.of(after), members, Map.of());
  }

  static Change deleted(Resource before) {
    return new Change(Optional.of(before), Optional.empty(), Map.of(), Map.of());
  }
}
