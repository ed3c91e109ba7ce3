package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.What;
import com.phonemos.scim.engine.store.DriftScans.Phase;
import com.phonemos.scim.engine.store.DriftScans.Position;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.SteadyStates.Steady;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks a whole realm through for what somebody else changed of ours: accounts, groups, and who is
 * in them. It reads listings, page by page; what they show differently, or do not show, is then
 * looked at itself. So nothing is believed missing because a listing left it out, which those of
 * Keycloak do while others write. What is not ours is not looked at.
 */
final class DriftScan {
  private static final int PAGE = 500;
  private static final UUID NOBODY = new UUID(0, 0);

  /** Above both, what is gone is not put back: the realm itself may be another one. */
  private static final int GONE = 20;

  private static final int GONE_PERCENT = 10;

  private final TenantId tenant;
  private final Instant started;
  private final KeycloakRealm realm;
  private final DriftStore store;
  private final DriftCheck check;
  private final Sink sink;
  private final boolean acceptsGone;

  /** Takes what is found. */
  interface Sink {
    Future<Void> found(Finding finding);

    /** What is before this position is done. */
    Future<Void> reached(Position position);

    /** So many accounts, groups or members were read. */
    void read(int count);
  }

  /** More is gone than anybody deletes by hand. */
  static final class TooManyGoneException extends RuntimeException {
    private TooManyGoneException(int gone, int all, DueKind kind) {
      super(
          "Expected the realm to hold what was pushed to it, but %d of %d %s are gone. If it was restored or made anew, have them made again: phonemos-scim drift scan --accept-gone"
              .formatted(gone, all, kind == DueKind.USER ? "accounts" : "groups"));
    }
  }

  /**
   * @param started what was linked later need not be in the listings
   * @param acceptsGone however much is gone, it is to be put back
   */
  DriftScan(
      TenantId tenant,
      Instant started,
      KeycloakRealm realm,
      AdminEventLog events,
      DriftStore store,
      Sink sink,
      boolean acceptsGone) {
    this.tenant = tenant;
    this.started = started;
    this.realm = realm;
    this.store = store;
    this.check = new DriftCheck(tenant, realm, events, store);
    this.sink = sink;
    this.acceptsGone = acceptsGone;
  }

  /**
   * Goes on from a position to the end.
   *
   * @return failed with {@link TooManyGoneException}, or as the realm, the store or the sink fails
   */
  Future<Void> run(Position from) {
    return switch (from.phase()) {
      case USERS ->
          resources(DueKind.USER)
              .compose(done -> reach(new Position(Phase.GROUPS, Claim.NO_GROUP)));
      case GROUPS ->
          resources(DueKind.GROUP)
              .compose(done -> reach(new Position(Phase.MEMBERS, Claim.NO_GROUP)));
      case MEMBERS -> members(from.afterGroup());
    };
  }

  private Future<Void> reach(Position position) {
    return sink.reached(position).compose(noted -> run(position));
  }

  private Future<Void> resources(DueKind kind) {
    Set<UUID> seen = new HashSet<>();
    List<Finding> gone = new ArrayList<>();
    return list(kind, 0, seen)
        .compose(listed -> unseen(kind, Claim.NO_GROUP, seen, gone, 0))
        .compose(all -> {
          int limit = Math.max(GONE, all * GONE_PERCENT / 100);
          return gone.size() > limit && !acceptsGone
              ? Future.failedFuture(new TooManyGoneException(gone.size(), all, kind))
              : each(gone, sink::found);
        });
  }

  private Future<Void> list(DueKind kind, int first, Set<UUID> seen) {
    return (kind == DueKind.USER ? realm.users(first, PAGE) : realm.groups(first, PAGE))
        .compose(page ->
            compare(kind, page, seen)
                .compose(compared -> {
                  sink.read(page.size());
                  return page.size() < PAGE
                      ? Future.succeededFuture()
                      : list(kind, first + PAGE, seen);
                }));
  }

  private Future<Void> compare(DueKind kind, List<ObjectNode> page, Set<UUID> seen) {
    return store
        .owners(tenant, kind, ids(page))
        .compose(owners -> {
          Set<UUID> ours = Set.copyOf(owners.values());
          seen.addAll(ours);
          return store
              .steady(tenant, kind, ours)
              .compose(wanted -> checkAll(suspects(kind, page, owners, wanted)));
        });
  }

  private static List<PushStore.Due> suspects(
      DueKind kind, List<ObjectNode> page, Map<String, UUID> owners, Map<UUID, Steady> wanted) {
    List<PushStore.Due> suspects = new ArrayList<>();
    for (ObjectNode actual : page) {
      UUID id = owners.getOrDefault(KeycloakMapping.id(actual), NOBODY);
      Steady state = wanted.get(id);
      if (state != null && DriftCheck.isSuspect(kind, id, state, actual)) {
        suspects.add(new PushStore.Due(kind, id, Claim.NO_GROUP));
      }
    }
    return suspects;
  }

  /** Answers how many are linked. */
  private Future<Integer> unseen(
      DueKind kind, UUID after, Set<UUID> seen, List<Finding> gone, int before) {
    return store
        .linkPage(tenant, kind, after, started, PAGE)
        .compose(page -> {
          List<UUID> missing = page.keySet().stream().filter(id -> !seen.contains(id)).toList();
          int all = before + page.size();
          return each(missing, id -> checkMissing(kind, id, gone))
              .compose(checked ->
                  page.size() < PAGE
                      ? Future.succeededFuture(all)
                      : unseen(kind, page.lastEntry().getKey(), seen, gone, all));
        });
  }

  private Future<Void> checkMissing(DueKind kind, UUID id, List<Finding> gone) {
    return check
        .check(new PushStore.Due(kind, id, Claim.NO_GROUP))
        .compose(found -> {
          if (found.isEmpty()) {
            return Future.succeededFuture();
          }
          if (found.get().what() != What.DELETED) {
            return sink.found(found.get());
          }
          gone.add(found.get());
          return Future.succeededFuture();
        });
  }

  private Future<Void> members(UUID after) {
    return store
        .linkPage(tenant, DueKind.GROUP, after, started, PAGE)
        .compose(page ->
            each(page.entrySet(), group -> membersOf(group.getKey(), group.getValue()))
                .compose(done ->
                    page.size() < PAGE
                        ? Future.succeededFuture()
                        : members(page.lastEntry().getKey())));
  }

  private Future<Void> membersOf(UUID group, String keycloakId) {
    return read(keycloakId, 0, new HashSet<>())
        .compose(actual ->
            store
                .members(tenant, group)
                .compose(wanted -> checkAll(suspects(group, actual, wanted))))
        .recover(cause ->
            // The group itself is gone, which the phase before has found, or the next scan will.
            Problem.of(cause) instanceof Problem.NotFound
                ? Future.succeededFuture()
                : Future.failedFuture(cause))
        .compose(done -> sink.reached(new Position(Phase.MEMBERS, group)));
  }

  private Future<Set<UUID>> read(String keycloakId, int first, Set<UUID> seen) {
    return realm
        .members(keycloakId, first, PAGE)
        .compose(page ->
            store
                .owners(tenant, DueKind.USER, ids(page))
                .compose(owners -> {
                  seen.addAll(owners.values());
                  sink.read(page.size());
                  return page.size() < PAGE
                      ? Future.succeededFuture(seen)
                      : read(keycloakId, first + PAGE, seen);
                }));
  }

  private static List<PushStore.Due> suspects(UUID group, Set<UUID> actual, Set<UUID> wanted) {
    Set<UUID> suspects = new HashSet<>(actual);
    suspects.addAll(wanted);
    suspects.removeIf(user -> actual.contains(user) && wanted.contains(user));
    return suspects.stream().map(user -> PushStore.Due.membership(user, group)).toList();
  }

  private Future<Void> checkAll(List<PushStore.Due> suspects) {
    return each(
        suspects,
        suspect ->
            check
                .check(suspect)
                .compose(found ->
                    found.isPresent() ? sink.found(found.get()) : Future.succeededFuture()));
  }

  private static Set<String> ids(List<ObjectNode> page) {
    return page.stream().map(KeycloakMapping::id).collect(Collectors.toSet());
  }

  private static <T> Future<Void> each(Collection<T> all, Function<T, Future<Void>> work) {
    Future<Void> done = Future.succeededFuture();
    for (T one : all) {
      done = done.compose(before -> work.apply(one));
    }
    return done;
  }
}
