package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** What a batch of commands must know before it can be decided: collected first, loaded at once. */
public final class BatchNeeds {
  /** A folded {@code userName} or {@code displayName} that somebody may hold. */
  public record Name(TenantId tenant, ResourceType type, String key) {}

  /** A membership that may exist. */
  public record Pair(TenantId tenant, UUID group, UUID member) {}

  final Set<ResourceKey> resources = new LinkedHashSet<>();
  final Set<Name> names = new LinkedHashSet<>();
  final Set<ResourceKey> existence = new LinkedHashSet<>();
  final Set<Pair> memberships = new LinkedHashSet<>();
  final Set<ResourceKey> membersOf = new LinkedHashSet<>();
  final Set<ResourceKey> groupsOf = new LinkedHashSet<>();

  /** The resource itself. */
  public void resource(ResourceKey key) {
    resources.add(key);
  }

  /** Who holds a name. */
  public void name(TenantId tenant, ResourceType type, String key) {
    names.add(new Name(tenant, type, key));
  }

  /** Whether a user exists; cheaper than the user itself. */
  public void existence(ResourceKey user) {
    existence.add(user);
  }

  /** Whether one membership exists. */
  public void membership(TenantId tenant, UUID group, UUID member) {
    memberships.add(new Pair(tenant, group, member));
  }

  /** All members of a group. */
  public void membersOf(ResourceKey group) {
    membersOf.add(group);
  }

  /** All groups that a user is in, and those groups themselves. */
  public void groupsOf(ResourceKey user) {
    groupsOf.add(user);
  }
}
