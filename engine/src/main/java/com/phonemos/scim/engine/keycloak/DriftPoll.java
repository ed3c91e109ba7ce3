package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what others have changed in a realm lately, as its admin events tell, so that it is put
 * back long before the next scan. An event only says where to look; what it means is found there.
 * For use on one event loop, one poll after the other.
 */
final class DriftPoll {
  private static final int PAGE = 500;

  /** So that a first sync, whose events are our own, is read to its end bit by bit. */
  private static final int PAGES = 20;

  /** An event is dated before it is written: a slow one may appear among those seen already. */
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private static final Pattern PATH =
      Pattern.compile("users/([^/]+)(?:/groups/([^/]+))?|groups/([^/]+)(/children)?");

  private final TenantId tenant;
  private final KeycloakRealm realm;
  private final AdminEventLog events;
  private final DriftStore store;
  private final DriftCheck check;
  private final DriftScan.Sink sink;

  /** Events of the last poll, which the overlap shows again. */
  private Set<String> seen = Set.of();

  DriftPoll(
      TenantId tenant,
      KeycloakRealm realm,
      AdminEventLog events,
      DriftStore store,
      DriftScan.Sink sink) {
    this.tenant = tenant;
    this.realm = realm;
    this.events = events;
    this.store = store;
    this.check = new DriftCheck(tenant, realm, events, store);
    this.sink = sink;
  }

  /** What Keycloak has changed, by its ids. */
  private static final class Touched {
    final Set<String> events = new HashSet<>();
    final Set<String> users = new HashSet<>();
    final Set<String> groups = new HashSet<>();
    final Set<List<String>> memberships = new HashSet<>();

    /** Those below which a group may have been put. */
    final Set<String> parents = new HashSet<>();
  }

  /**
   * Looks at everything since a moment.
   *
   * @param from empty: nothing is looked at yet
   * @return from when on the next poll is to look; empty when the realm has never noted anything
   */
  Future<Optional<Instant>> run(Optional<Instant> from) {
    if (from.isEmpty()) {
      return events.latest();
    }
    Touched touched = new Touched();
    return events
        .ownId()
        .compose(own -> read(from.get(), own, 0, touched))
        .compose(last ->
            checkAll(touched)
                .map(checked -> {
                  seen = touched.events;
                  return Optional.of(last);
                }));
  }

  /** Answers when the last of the events happened. */
  private Future<Instant> read(Instant from, Optional<String> own, int pages, Touched touched) {
    return events
        .since(from.minus(OVERLAP), pages * PAGE, PAGE)
        .compose(page -> {
          for (AdminEventLog.Event event : page) {
            touched.events.add(event.id());
            if (!own.equals(Optional.of(event.userId())) && !seen.contains(event.id())) {
              note(event.path(), touched);
            }
          }
          boolean goesOn = page.size() == PAGE && pages + 1 < PAGES;
          return goesOn
              ? read(from, own, pages + 1, touched)
              : Future.succeededFuture(page.isEmpty() ? from : later(from, page.getLast().at()));
        });
  }

  private static void note(String path, Touched touched) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return;
    }
    if (parts.group(2) != null) {
      touched.memberships.add(List.of(parts.group(1), parts.group(2)));
    } else if (parts.group(1) != null) {
      touched.users.add(parts.group(1));
    } else if (parts.group(4) != null) {
      touched.parents.add(parts.group(3));
    } else {
      touched.groups.add(parts.group(3));
    }
  }

  private Future<Void> checkAll(Touched touched) {
    return children(touched)
        .compose(found -> {
          Set<String> users = new HashSet<>(touched.users);
          Set<String> groups = new HashSet<>(touched.groups);
          touched.memberships.forEach(pair -> {
            users.add(pair.getFirst());
            groups.add(pair.getLast());
          });
          Future<Map<String, UUID>> userOwners = store.owners(tenant, DueKind.USER, users);
          Future<Map<String, UUID>> groupOwners = store.owners(tenant, DueKind.GROUP, groups);
          return Future.all(userOwners, groupOwners)
              .compose(
                  all -> checkAll(suspects(touched, userOwners.result(), groupOwners.result())));
        });
  }

  private Future<Void> children(Touched touched) {
    Future<Void> done = Future.succeededFuture();
    for (String parent : touched.parents) {
      done =
          done.compose(before -> realm.children(parent))
              .<Void>map(children -> {
                children.forEach(child -> touched.groups.add(KeycloakMapping.id(child)));
                return null;
              })
              .recover(DriftPoll::ignoreAbsence);
    }
    return done;
  }

  private static Set<PushStore.Due> suspects(
      Touched touched, Map<String, UUID> users, Map<String, UUID> groups) {
    Set<PushStore.Due> suspects = new LinkedHashSet<>();
    touched.groups.forEach(id ->
        Optional.ofNullable(groups.get(id)).map(PushStore.Due::group).ifPresent(suspects::add));
    touched.users.forEach(
        id -> Optional.ofNullable(users.get(id)).map(PushStore.Due::user).ifPresent(suspects::add));
    for (List<String> pair : touched.memberships) {
      UUID user = users.get(pair.getFirst());
      UUID group = groups.get(pair.getLast());
      if (user != null && group != null) {
        suspects.add(PushStore.Due.membership(user, group));
      }
    }
    return suspects;
  }

  private Future<Void> checkAll(Set<PushStore.Due> suspects) {
    Future<Void> done = Future.succeededFuture();
    for (PushStore.Due suspect : new ArrayList<>(suspects)) {
      done =
          done.compose(before -> check.check(suspect))
              .compose(
                  found -> found.isPresent() ? sink.found(found.get()) : Future.succeededFuture());
    }
    return done;
  }

  private static Future<Void> ignoreAbsence(Throwable cause) {
    return Problem.of(cause) instanceof Problem.NotFound
        ? Future.succeededFuture()
        : Future.failedFuture(cause);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
