package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a batch of commands must know before it can be decided: collected first, loaded at once. */
public final class BatchNeeds {
  /** A folded {@code userName} or {@code displayName} that somebody may hold. */
  public record Name(TenantId tenant, ResourceType type, String key) {}

  /** An {@code externalId} that a user may have. */
  public record ExternalId(TenantId tenant, String value) {}

  /** A membership that may exist. */
  public record Pair(TenantId tenant, UUID group, UUID member) {}

  /** An id that may be a user's or a group's. */
  public record MemberId(TenantId tenant, UUID id) {}

  final Set<ResourceKey> resources = new LinkedHashSet<>();
  final Set<Name> names = new LinkedHashSet<>();
  final Set<Name> rivals = new LinkedHashSet<>();
  final Set<ExternalId> rivalsByExternalId = new LinkedHashSet<>();
  final Set<MemberId> existence = new LinkedHashSet<>();
  final Set<Pair> memberships = new LinkedHashSet<>();
  final Set<ResourceKey> membersOf = new LinkedHashSet<>();
  final Map<ResourceKey, Set<UUID>> replacements = new LinkedHashMap<>();
  final Set<ResourceKey> groupsOf = new LinkedHashSet<>();

  /** The resource itself. */
  public void resource(ResourceKey key) {
    resources.add(key);
  }

  /** Who holds a name. */
  public void name(TenantId tenant, ResourceType type, String key) {
    names.add(new Name(tenant, type, key));
  }

  /** The resource itself that holds a name, and whether its creation may be unknown to whom. */
  public void rival(TenantId tenant, ResourceType type, String key) {
    rivals.add(new Name(tenant, type, key));
  }

  /** The users themselves that have an external id. */
  public void rivalByExternalId(TenantId tenant, String externalId) {
    rivalsByExternalId.add(new ExternalId(tenant, externalId));
  }

  /** Whether a resource exists that can be a member, and of which type; cheaper than itself. */
  public void existence(TenantId tenant, UUID member) {
    existence.add(new MemberId(tenant, member));
  }

  /** Whether one membership exists. */
  public void membership(TenantId tenant, UUID group, UUID member) {
    memberships.add(new Pair(tenant, group, member));
  }

  /** All members of a group, with what is displayed of them. */
  public void membersOf(ResourceKey group) {
    membersOf.add(group);
  }

  /**
   * How the members of a group differ from a list: what both have is not loaded. A second list for
   * the same group needs them all.
   */
  public void replacement(ResourceKey group, Set<UUID> members) {
    if (replacements.putIfAbsent(group, members) != null) {
      membersOf(group);
      members.forEach(member -> existence(group.tenant(), member));
    }
  }

  /** All groups that a resource is in, and those groups themselves. */
  public void groupsOf(ResourceKey member) {
    groupsOf.add(member);
  }
}
