package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a decision may ask about its tenant: the state after every command before it. */
interface TenantView {
  Optional<Resource> find(ResourceKey key);

  /** The resource that holds a folded {@code userName} or {@code displayName}. */
  Optional<UUID> holder(ResourceType type, String nameKey);

  boolean userExists(UUID id);

  boolean isMember(UUID group, UUID member);

  /** All members; only of groups whose members were loaded. */
  Set<UUID> members(UUID group);

  /** The version that the next change takes. */
  Version nextVersion();

  /** One instant for the whole batch. */
  Instant now();
}
