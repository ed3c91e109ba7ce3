package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates.Desired;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks.Link;
import com.phonemos.scim.engine.store.Outbox.Settled;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Settlement;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One tenant's rows in memory, with the rules of the SQL: what is due, claimed, backs off or was
 * given up. Every call takes a moment, and fails while the database is away.
 */
final class MemoryPushStore implements PushStore {
  static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final VirtualTime time;
  private final PushSettings settings;
  private final Map<UUID, Attributes> users = new LinkedHashMap<>();
  private final Map<UUID, Attributes> groups = new LinkedHashMap<>();
  private final Set<Membership> memberships = new HashSet<>();
  private final Map<Due, Row> due = new LinkedHashMap<>();
  private final Map<Due, String> links = new LinkedHashMap<>();
  private final Map<UUID, Long> revisions = new LinkedHashMap<>();
  private boolean away;

  MemoryPushStore(VirtualTime time, PushSettings settings) {
    this.time = time;
    this.settings = settings;
  }

  private static final class Row {
    int priority;
    boolean change;
    long generation = 1;
    int attempts;
    Optional<String> reason = Optional.empty();
    long markedAt;
    long dueAt;
    boolean givenUp;
  }

  void setAway(boolean isAway) {
    away = isAway;
  }

  Map<UUID, Attributes> users() {
    return users;
  }

  Map<UUID, Attributes> groups() {
    return groups;
  }

  Set<Membership> memberships() {
    return memberships;
  }

  /** Another one after each change of a user or group. */
  long revision(UUID id) {
    return revisions.getOrDefault(id, 0L);
  }

  /** Whether something is due, given up or not. */
  boolean isMarked(Due key) {
    return due.containsKey(key);
  }

  /** Whether something is due because it was changed, not only to be compared. */
  boolean isMarkedAsChanged(Due key) {
    return due.containsKey(key) && due.get(key).change;
  }

  /** Ours and Keycloak's ids of what is linked. */
  Map<UUID, String> links(DueKind kind) {
    return links.entrySet().stream()
        .filter(link -> link.getKey().kind() == kind)
        .collect(Collectors.toMap(link -> link.getKey().id(), Map.Entry::getValue));
  }

  Optional<String> link(DueKind kind, UUID id) {
    return Optional.ofNullable(links.get(new Due(kind, id, Claim.NO_GROUP)));
  }

  Optional<UUID> ownerOf(DueKind kind, String keycloakId) {
    return links.entrySet().stream()
        .filter(link -> link.getKey().kind() == kind && link.getValue().equals(keycloakId))
        .map(link -> link.getKey().id())
        .findFirst();
  }

  /** Neither due nor backing off, but for what was given up. */
  boolean isSettled() {
    return due.values().stream().allMatch(row -> row.givenUp);
  }

  List<String> reasons() {
    return due.entrySet().stream()
        .map(row -> row.getKey() + ": " + row.getValue().reason.orElse("due"))
        .toList();
  }

  /** Those that wait for a person or for a change. */
  List<String> givenUp(DueKind kind) {
    return due.entrySet().stream()
        .filter(row -> row.getKey().kind() == kind && row.getValue().givenUp)
        .map(row -> row.getKey() + ": " + row.getValue().reason.orElse("due"))
        .toList();
  }

  /** What an operator does when the cause is gone. */
  void retry() {
    due.values().stream()
        .filter(row -> row.reason.isPresent())
        .forEach(row -> {
          row.givenUp = false;
          row.dueAt = time.millis();
          row.attempts = 0;
        });
  }

  void putUser(UUID id, String name, boolean active) {
    boolean wasActive = Optional.ofNullable(users.get(id)).map(Attributes::active).orElse(false);
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.put("userName", name).put("active", active);
    user.putObject("name").put("givenName", "Given " + name).put("familyName", "Family");
    user.putArray("emails").addObject().put("value", name + "@example.com").put("type", "work");
    users.put(id, Attributes.of(user));
    revisions.merge(id, 1L, Long::sum);
    mark(Due.user(id), wasActive && !active ? 0 : 2);
  }

  void deleteUser(UUID id) {
    memberships.stream()
        .filter(member -> member.user().equals(id))
        .toList()
        .forEach(member -> setMember(member, false));
    users.remove(id);
    mark(Due.user(id), 0);
  }

  void putGroup(UUID id, String name) {
    groups.put(id, Attributes.of(JsonNodeFactory.instance.objectNode().put("displayName", name)));
    revisions.merge(id, 1L, Long::sum);
    mark(Due.group(id), 1);
  }

  void deleteGroup(UUID id) {
    memberships.removeIf(member -> member.group().equals(id));
    groups.remove(id);
    mark(Due.group(id), 0);
  }

  void setMember(Membership membership, boolean is) {
    if (is) {
      memberships.add(membership);
    } else {
      memberships.remove(membership);
    }
    mark(Due.membership(membership.user(), membership.group()), is ? 3 : 0);
  }

  /** As the write path marks. */
  void mark(Due key, int priority) {
    Row row = due.get(key);
    if (row == null) {
      row = new Row();
      row.priority = priority;
      row.markedAt = time.millis();
      row.dueAt = time.millis();
      due.put(key, row);
    } else {
      row.priority = Math.min(row.priority, priority);
      row.generation++;
      row.attempts = 0;
      row.dueAt = Math.min(row.givenUp ? Long.MAX_VALUE : row.dueAt, time.millis() + 60_000);
      row.reason = Optional.empty();
      row.givenUp = false;
    }
    row.change = true;
  }

  @Override
  public Future<List<TenantId>> dueTenants() {
    return answer(() -> due.values().stream().anyMatch(this::isDue) ? List.of(TENANT) : List.of());
  }

  @Override
  public Future<Optional<PushSettings>> settings(TenantId tenant) {
    return answer(() -> Optional.of(settings));
  }

  @Override
  public Future<List<Claim>> claim(TenantId tenant, int lowestPriority, int limit, Duration lease) {
    return answer(() ->
        due.entrySet().stream()
            .filter(row -> row.getValue().priority <= lowestPriority && isDue(row.getValue()))
            .sorted(
                Comparator.comparingInt((Map.Entry<Due, Row> row) -> row.getValue().priority)
                    .thenComparingLong(row -> row.getValue().dueAt))
            .limit(limit)
            .toList()
            .stream()
            .map(row -> claim(row.getKey(), row.getValue(), lease))
            .toList());
  }

  private Claim claim(Due key, Row row, Duration lease) {
    row.dueAt = time.millis() + lease.toMillis();
    row.attempts++;
    row.reason = Optional.empty();
    return new Claim(
        TENANT,
        key.kind(),
        key.id(),
        key.group(),
        row.priority,
        row.change,
        row.generation,
        row.attempts,
        Duration.ofMillis(time.millis() - row.markedAt));
  }

  @Override
  public Future<Settled> settle(List<Settlement> settlements) {
    return answer(() -> {
      Set<Claim> renewed = new HashSet<>();
      Set<Settlement> missed = new HashSet<>();
      for (Settlement settlement : settlements) {
        Claim claim = settlement.claim();
        Row row = due.get(new Due(claim.kind(), claim.id(), claim.groupId()));
        if (row == null) {
          missed.add(settlement);
        } else if (row.generation != claim.generation()) {
          renewed.add(claim);
          row.dueAt = time.millis();
          row.attempts = 0;
          row.reason = Optional.empty();
        } else {
          settle(settlement, row);
        }
      }
      return new Settled(renewed, missed);
    });
  }

  private void settle(Settlement settlement, Row row) {
    Claim claim = settlement.claim();
    if (settlement.done()) {
      due.remove(new Due(claim.kind(), claim.id(), claim.groupId()));
      return;
    }
    row.givenUp = settlement.delay().isEmpty();
    row.dueAt = time.millis() + settlement.delay().map(Duration::toMillis).orElse(0L);
    row.attempts = settlement.counted() ? row.attempts : Math.max(0, row.attempts - 1);
    row.reason = settlement.reasonIfAny();
  }

  @Override
  public Future<Desired> desired(TenantId tenant, Collection<Claim> claims) {
    return answer(() -> {
      Set<UUID> ids = claims.stream().map(Claim::id).collect(Collectors.toSet());
      return new Desired(only(users, ids), only(groups, ids), Set.copyOf(memberships));
    });
  }

  @Override
  public Future<Boolean> isAlive(TenantId tenant, DueKind kind, UUID id) {
    return answer(() ->
        (kind == DueKind.USER ? users : groups).containsKey(id)
            || due.containsKey(new Due(kind, id, Claim.NO_GROUP)));
  }

  @Override
  public Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids) {
    return answer(() ->
        links.entrySet().stream()
            .filter(link -> link.getKey().kind() == kind && ids.contains(link.getKey().id()))
            .collect(Collectors.toMap(link -> link.getKey().id(), Map.Entry::getValue)));
  }

  @Override
  public Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds) {
    return answer(() ->
        links.entrySet().stream()
            .filter(link -> link.getKey().kind() == kind && keycloakIds.contains(link.getValue()))
            .collect(Collectors.toMap(Map.Entry::getValue, link -> link.getKey().id())));
  }

  @Override
  public Future<Boolean> isOthers(TenantId tenant, DueKind kind, String keycloakId) {
    return answer(() -> false);
  }

  @Override
  public Future<AccessGuard.Admission> admitLoss(
      TenantId tenant, UUID user, TenantPolicy.Guard limits, boolean change) {
    return answer(() -> new AccessGuard.Admission(AccessGuard.Verdict.PASS, false));
  }

  @Override
  public Future<Boolean> isErased(TenantId tenant, UUID user) {
    return answer(() -> false);
  }

  @Override
  public Future<Void> redact(TenantId tenant, UUID user) {
    return answer(() -> null);
  }

  @Override
  public Future<Void> storeLinks(Collection<Link> made) {
    return answer(() -> {
      for (Link link : made) {
        boolean others =
            ownerOf(link.kind(), link.keycloakId()).filter(id -> !id.equals(link.id())).isPresent();
        if (!others) {
          links.put(new Due(link.kind(), link.id(), Claim.NO_GROUP), link.keycloakId());
        }
      }
      return null;
    });
  }

  @Override
  public Future<Void> removeLinks(Collection<Link> gone) {
    return answer(() -> {
      gone.forEach(
          link -> links.remove(new Due(link.kind(), link.id(), Claim.NO_GROUP), link.keycloakId()));
      return null;
    });
  }

  @Override
  public Future<Void> markMemberships(TenantId tenant, DueKind kind, UUID id) {
    return answer(() -> {
      memberships.stream()
          .filter(member -> (kind == DueKind.USER ? member.user() : member.group()).equals(id))
          .forEach(this::markAgain);
      return null;
    });
  }

  /** A push that is running is left alone; what backs off or was given up is due at once. */
  private void markAgain(Membership membership) {
    Due key = Due.membership(membership.user(), membership.group());
    Row row = due.get(key);
    if (row == null) {
      mark(key, 3);
      return;
    }
    row.generation++;
    row.attempts = 0;
    if (row.reason.isPresent()) {
      row.dueAt = time.millis();
    }
    row.reason = Optional.empty();
    row.givenUp = false;
  }

  @Override
  public Future<Void> markForRepair(TenantId tenant, Collection<Due> resources) {
    return answer(() -> {
      resources.forEach(key -> markForRepair(key, 2));
      return null;
    });
  }

  void markForRepair(Due key, int priority) {
    if (!due.containsKey(key)) {
      mark(key, priority);
      due.get(key).change = false;
    }
  }

  private boolean isDue(Row row) {
    return !row.givenUp && row.dueAt <= time.millis();
  }

  private static Map<UUID, Attributes> only(Map<UUID, Attributes> all, Set<UUID> ids) {
    return all.entrySet().stream()
        .filter(one -> ids.contains(one.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  <T> Future<T> answer(Supplier<T> statement) {
    return time.soon(() ->
        away
            ? Future.failedFuture("The database is away")
            : Future.succeededFuture(statement.get()));
  }
}
