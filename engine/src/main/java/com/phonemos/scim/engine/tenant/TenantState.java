package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchNeeds;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of one tenant that a batch touches: what was loaded, with every change of the batch laid
 * over it. Lives for one batch on one event loop.
 */
final class TenantState implements TenantView {
  private final TenantId tenant;
  private final Instant now;
  private final Map<ResourceKey, Row> rows = new LinkedHashMap<>();
  private final Map<BatchNeeds.Name, UUID> holders = new HashMap<>();
  private final Set<UUID> users = new HashSet<>();
  private final Map<UUID, Map<UUID, Membership>> memberships = new HashMap<>();
  private long revision;

  TenantState(TenantId tenant, long revision, Instant now) {
    this.tenant = tenant;
    this.revision = revision;
    this.now = now;
  }

  /** A resource as it was loaded and as it is now; empty where there was or is none. */
  static final class Row {
    final Optional<Resource> loaded;
    Optional<Resource> current;

    Row(Optional<Resource> loaded) {
      this.loaded = loaded;
      this.current = loaded;
    }
  }

  /** A membership as it was loaded and as it is now. */
  static final class Membership {
    final boolean loaded;
    boolean current;

    Membership(boolean loaded) {
      this.loaded = loaded;
      this.current = loaded;
    }
  }

  void load(Resource resource) {
    rows.put(resource.key(), new Row(Optional.of(resource)));
    if (resource.key().type() == ResourceType.USER) {
      users.add(resource.key().id());
    }
    holders.put(name(resource), resource.key().id());
  }

  void loadHolder(BatchNeeds.Name name, UUID holder) {
    holders.put(name, holder);
  }

  void loadUser(UUID user) {
    users.add(user);
  }

  void loadMembership(UUID group, UUID member) {
    membershipsOf(group).put(member, new Membership(true));
  }

  @Override
  public Optional<Resource> find(ResourceKey key) {
    return Optional.ofNullable(rows.get(key)).flatMap(row -> row.current);
  }

  @Override
  public Optional<UUID> holder(ResourceType type, String nameKey) {
    return Optional.ofNullable(holders.get(new BatchNeeds.Name(tenant, type, nameKey)));
  }

  @Override
  public boolean userExists(UUID id) {
    return users.contains(id);
  }

  @Override
  public boolean isMember(UUID group, UUID member) {
    Membership membership = membershipsOf(group).get(member);
    return membership != null && membership.current;
  }

  @Override
  public Set<UUID> members(UUID group) {
    Set<UUID> members = new HashSet<>();
    membershipsOf(group)
        .forEach(
            (member, membership) -> {
              if (membership.current) {
                members.add(member);
              }
            });
    return members;
  }

  @Override
  public Version nextVersion() {
    return new Version(revision + 1);
  }

  @Override
  public Instant now() {
    return now;
  }

  /** Makes the next decision see a change. */
  void apply(Change change) {
    revision++;
    change.before().ifPresent(before -> holders.remove(name(before)));
    change.after().ifPresent(after -> holders.put(name(after), after.key().id()));
    ResourceKey key = change.key();
    set(key, change.after());
    for (UUID member : change.membersAdded()) {
      membership(key.id(), member).current = true;
    }
    for (UUID member : change.membersRemoved()) {
      membership(key.id(), member).current = false;
    }
    if (key.type() == ResourceType.USER) {
      applyToUser(key, change);
    } else if (change.after().isEmpty()) {
      membershipsOf(key.id()).values().forEach(membership -> membership.current = false);
    }
  }

  private void applyToUser(ResourceKey user, Change change) {
    if (change.after().isPresent()) {
      users.add(user.id());
    } else {
      users.remove(user.id());
      memberships.forEach((group, members) -> leave(group, members.get(user.id())));
    }
  }

  /** A group changes when a member of it is deleted: its version must not promise the old list. */
  private void leave(UUID group, @Nullable Membership membership) {
    if (membership != null && membership.current) {
      membership.current = false;
      ResourceKey key = new ResourceKey(tenant, ResourceType.GROUP, group);
      find(key).ifPresent(current -> set(key, Optional.of(withoutOneMember(current))));
    }
  }

  private Resource withoutOneMember(Resource group) {
    return new Resource(
        group.key(),
        group.attributes(),
        group.memberCount() - 1,
        new Version(revision),
        group.created(),
        group.modified().isAfter(now) ? group.modified() : now);
  }

  private void set(ResourceKey key, Optional<Resource> resource) {
    rows.computeIfAbsent(key, absent -> new Row(Optional.empty())).current = resource;
  }

  private Map<UUID, Membership> membershipsOf(UUID group) {
    return memberships.computeIfAbsent(group, absent -> new HashMap<>());
  }

  private Membership membership(UUID group, UUID member) {
    return membershipsOf(group).computeIfAbsent(member, absent -> new Membership(false));
  }

  private BatchNeeds.Name name(Resource resource) {
    ResourceType type = resource.key().type();
    String key =
        switch (type) {
          case USER -> IndexedValues.userNameKey(resource.attributes());
          case GROUP -> IndexedValues.displayNameKey(resource.attributes());
        };
    return new BatchNeeds.Name(tenant, type, key);
  }

  TenantId tenant() {
    return tenant;
  }

  long revision() {
    return revision;
  }

  Map<ResourceKey, Row> rows() {
    return rows;
  }

  Map<UUID, Map<UUID, Membership>> memberships() {
    return memberships;
  }
}
