package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.patch.MemberFilter;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a decision may ask about its tenant: the state after every command before it. */
interface TenantView {
  TenantId id();

  Optional<Resource> find(ResourceKey key);

  /** The resource that holds a folded {@code userName} or {@code displayName}. */
  Optional<UUID> holder(ResourceType type, String nameKey);

  /** A deactivated user with this external id, the oldest if there are several. */
  Optional<Resource> deactivated(String externalId);

  /**
   * Whether the resource is as one create made it that had these attributes and members, and whose
   * answer nobody may have got.
   */
  boolean isUnansweredCreate(ResourceKey key, Attributes attributes, Set<UUID> members);

  /** What an id is that can be a member; empty for an unknown one. */
  Optional<ResourceType> memberType(UUID id);

  boolean isMember(UUID group, UUID member);

  /** What a member is; only of memberships that were loaded one by one or all. */
  Optional<ResourceType> membership(UUID group, UUID member);

  /**
   * The members of a group that may have to go: of one whose members were loaded, all; of one that
   * was compared with a list, those that the list lacks.
   */
  Set<UUID> members(UUID group);

  /** The members that a filter selects; only of groups whose members were loaded. */
  Set<UUID> select(UUID group, MemberFilter filter);

  /** Whether a filter selects who is to be a member. */
  boolean selects(MemberFilter filter, UUID member, ResourceType type);

  TenantPolicy policy();

  /** The version that the next change takes. */
  Version nextVersion();

  /** One instant for the whole batch. */
  Instant now();
}
