package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.patch.MemberFilter;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchNeeds;
import com.phonemos.scim.engine.store.BatchRows;
import com.phonemos.scim.engine.store.BatchRows.Existing;
import com.phonemos.scim.engine.store.BatchRows.LockedTenant;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The part of one tenant that a batch touches: what was loaded, with every change of the batch laid
 * over it. Lives for one batch on one event loop.
 */
final class TenantState implements TenantView {
  private final TenantId tenant;
  private final TenantPolicy policy;
  private final Instant now;
  private final Map<ResourceKey, Row> rows = new LinkedHashMap<>();
  private final Map<BatchNeeds.Name, UUID> holders = new HashMap<>();
  private final Map<String, Set<ResourceKey>> deactivated = new HashMap<>();
  private final Map<ResourceKey, String> unanswered = new HashMap<>();
  private final Map<UUID, ResourceType> existing = new HashMap<>();
  private final Map<UUID, String> names = new HashMap<>();
  private final Memberships memberships = new Memberships();
  private long revision;

  TenantState(TenantId tenant, LockedTenant locked, Instant now) {
    this.tenant = tenant;
    this.policy = locked.policy();
    this.revision = locked.revision();
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

  void load(Resource resource) {
    rows.put(resource.key(), new Row(Optional.of(resource)));
    existing.put(resource.key().id(), resource.key().type());
    holders.put(name(resource), resource.key().id());
    deactivatedLike(resource).ifPresent(keys -> keys.add(resource.key()));
  }

  void loadHolder(BatchNeeds.Name name, UUID holder) {
    holders.put(name, holder);
  }

  void loadUnanswered(ResourceKey key, String create) {
    unanswered.put(key, create);
  }

  void load(UUID id, Existing known) {
    existing.put(id, known.type());
    if (!known.display().isEmpty()) {
      names.put(id, known.display());
    }
  }

  /** Who is a member exists, and may become one again after it was removed. */
  void load(BatchRows.Member member) {
    existing.putIfAbsent(member.member(), member.type());
    memberships.load(member);
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
  public Optional<Resource> deactivated(String externalId) {
    return deactivated.getOrDefault(externalId, Set.of()).stream()
        .flatMap(key -> find(key).stream())
        .min(Comparator.comparing(Resource::created));
  }

  /** The deactivated users with its external id, if it is one itself. */
  private Optional<Set<ResourceKey>> deactivatedLike(Resource resource) {
    if (resource.key().type() != ResourceType.USER || resource.attributes().active()) {
      return Optional.empty();
    }
    return Optional.ofNullable(IndexedValues.externalId(resource.attributes()))
        .map(value -> deactivated.computeIfAbsent(value, absent -> new HashSet<>()));
  }

  @Override
  public boolean isUnansweredCreate(ResourceKey key, Attributes attributes, Set<UUID> members) {
    String create = unanswered.get(key);
    Row row = rows.get(key);
    boolean untouched = row != null && row.loaded.equals(row.current);
    return create != null && untouched && BatchJournal.isCreateOf(create, attributes, members);
  }

  @Override
  public Optional<ResourceType> memberType(UUID id) {
    return Optional.ofNullable(existing.get(id));
  }

  @Override
  public boolean isMember(UUID group, UUID member) {
    return memberships.has(group, member);
  }

  @Override
  public Optional<ResourceType> membership(UUID group, UUID member) {
    return memberships.type(group, member);
  }

  @Override
  public Set<UUID> members(UUID group) {
    return memberships.members(group);
  }

  @Override
  public Set<UUID> select(UUID group, MemberFilter filter) {
    return memberships.select(
        group,
        (member, type, display) -> filter.selects(member, type, display(member, type, display)));
  }

  @Override
  public boolean selects(MemberFilter filter, UUID member, ResourceType type) {
    return filter.selects(member, type, display(member, type, ""));
  }

  /** Its name may have changed since it was loaded. */
  private String display(UUID member, ResourceType type, String loaded) {
    return find(new ResourceKey(tenant, type, member))
        .map(Resource::attributes)
        .flatMap(attributes -> attributes.text("displayName").or(() -> attributes.text("userName")))
        .orElseGet(() -> names.getOrDefault(member, loaded));
  }

  @Override
  public TenantPolicy policy() {
    return policy;
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
    ResourceKey key = change.key();
    change
        .before()
        .ifPresent(before -> {
          holders.remove(name(before));
          deactivatedLike(before).ifPresent(keys -> keys.remove(key));
        });
    change
        .after()
        .ifPresent(after -> {
          holders.put(name(after), key.id());
          deactivatedLike(after).ifPresent(keys -> keys.add(key));
        });
    set(key, change.after());
    memberships.change(key.id(), change.membersAdded(), change.membersRemoved());
    if (change.after().isPresent()) {
      existing.put(key.id(), key.type());
    } else {
      existing.remove(key.id());
      memberships.dissolve(key.id());
      memberships.leaveAll(key.id()).forEach(this::loseOneMember);
    }
  }

  /** A group changes when a member of it is deleted: its version must not promise the old list. */
  private void loseOneMember(UUID group) {
    ResourceKey key = new ResourceKey(tenant, ResourceType.GROUP, group);
    find(key).ifPresent(current -> set(key, Optional.of(withoutOneMember(current))));
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

  private BatchNeeds.Name name(Resource resource) {
    ResourceType type = resource.key().type();
    String key =
        switch (type) {
          case USER -> IndexedValues.userNameKey(resource.attributes());
          case GROUP -> IndexedValues.displayNameKey(resource.attributes());
        };
    return new BatchNeeds.Name(tenant, type, key);
  }

  @Override
  public TenantId id() {
    return tenant;
  }

  long revision() {
    return revision;
  }

  Map<ResourceKey, Row> rows() {
    return rows;
  }

  Memberships memberships() {
    return memberships;
  }
}
