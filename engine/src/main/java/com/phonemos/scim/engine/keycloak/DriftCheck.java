package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.Difference;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.What;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.SteadyStates.Steady;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whether one resource was changed in Keycloak by somebody else. A difference alone does not say
 * so: the push may be about to put a change of ours there. So it is looked here, there, and here
 * again: what is wanted has not changed, and has not been on its way.
 */
final class DriftCheck {
  private final TenantId tenant;
  private final KeycloakRealm realm;
  private final AdminEventLog events;
  private final DriftStore store;

  DriftCheck(TenantId tenant, KeycloakRealm realm, AdminEventLog events, DriftStore store) {
    this.tenant = tenant;
    this.realm = realm;
    this.events = events;
    this.store = store;
  }

  /** What differs, and how one would say it. */
  private record Drift(What what, List<Difference> differences, String path) {}

  /** Empty: it is as it should be, or may be so in a moment. */
  Future<Optional<Finding>> check(PushStore.Due suspect) {
    return suspect.kind() == DueKind.MEMBERSHIP
        ? checkMembership(new Membership(suspect.id(), suspect.group()))
        : checkResource(suspect.kind(), suspect.id());
  }

  /** Whether an account or group, as it was just listed, is worth a check. */
  static boolean isSuspect(DueKind kind, UUID id, Steady wanted, ObjectNode actual) {
    return !drift(kind, id, wanted, Optional.of(actual), "").isEmpty();
  }

  private Future<Optional<Finding>> checkResource(DueKind kind, UUID id) {
    Future<Map<UUID, Steady>> before = store.steady(tenant, kind, Set.of(id));
    Future<Map<UUID, String>> links = store.links(tenant, kind, Set.of(id));
    return Future.all(before, links)
        .compose(read -> {
          Steady wanted = before.result().get(id);
          String link = links.result().get(id);
          if (wanted == null || link == null) {
            return Future.succeededFuture(Optional.empty());
          }
          return (kind == DueKind.USER ? realm.user(link) : realm.group(link))
              .map(actual -> drift(kind, id, wanted, actual, link))
              .compose(drift ->
                  drift.isEmpty()
                      ? Future.succeededFuture(Optional.empty())
                      : unlessChanged(kind, id, wanted, link, drift.get()));
        });
  }

  private Future<Optional<Finding>> unlessChanged(
      DueKind kind, UUID id, Steady before, String link, Drift drift) {
    Future<Map<UUID, Steady>> after = store.steady(tenant, kind, Set.of(id));
    Future<Map<UUID, String>> links = store.links(tenant, kind, Set.of(id));
    return Future.all(after, links)
        .compose(read -> {
          Steady now = after.result().get(id);
          boolean same =
              now != null
                  && now.revision() == before.revision()
                  && link.equals(links.result().get(id));
          return same
              ? events
                  .author(drift.path)
                  .map(author ->
                      Optional.of(
                          new Finding(
                              kind,
                              id,
                              Claim.NO_GROUP,
                              drift.what,
                              link,
                              drift.differences,
                              author)))
              : Future.succeededFuture(Optional.empty());
        });
  }

  private Future<Optional<Finding>> checkMembership(Membership membership) {
    Future<Optional<Boolean>> before = store.isMember(tenant, membership);
    Future<Map<UUID, String>> user = store.links(tenant, DueKind.USER, Set.of(membership.user()));
    Future<Map<UUID, String>> group =
        store.links(tenant, DueKind.GROUP, Set.of(membership.group()));
    return Future.all(before, user, group)
        .compose(read -> {
          String account = user.result().get(membership.user());
          String within = group.result().get(membership.group());
          if (before.result().isEmpty() || account == null || within == null) {
            return Future.succeededFuture(Optional.empty());
          }
          boolean wanted = before.result().get();
          return isMember(account, within)
              .compose(actual ->
                  actual.isEmpty() || actual.get() == wanted
                      ? Future.succeededFuture(Optional.empty())
                      : unlessChanged(membership, wanted, account, within));
        });
  }

  /** Empty when the account or the group is gone, which is found where those are checked. */
  private Future<Optional<Boolean>> isMember(String account, String group) {
    return realm
        .groupsOf(account)
        .compose(groups -> {
          boolean is = groups.stream().anyMatch(one -> KeycloakMapping.id(one).equals(group));
          return is
              ? Future.succeededFuture(Optional.of(true))
              : realm.group(group).map(found -> found.map(exists -> false));
        })
        .recover(cause ->
            Problem.of(cause) instanceof Problem.NotFound
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(cause));
  }

  private Future<Optional<Finding>> unlessChanged(
      Membership membership, boolean wanted, String account, String group) {
    return store
        .isMember(tenant, membership)
        .compose(now ->
            now.equals(Optional.of(wanted))
                ? events
                    .author("users/" + account + "/groups/" + group)
                    .map(author ->
                        Optional.of(
                            new Finding(
                                DueKind.MEMBERSHIP,
                                membership.user(),
                                membership.group(),
                                wanted ? What.LEFT : What.JOINED,
                                account,
                                List.of(),
                                author)))
                : Future.succeededFuture(Optional.empty()));
  }

  private static Optional<Drift> drift(
      DueKind kind, UUID id, Steady wanted, Optional<ObjectNode> actual, String link) {
    String path = (kind == DueKind.USER ? "users/" : "groups/") + link;
    if (actual.isEmpty()) {
      return Optional.of(new Drift(What.DELETED, List.of(), path));
    }
    return kind == DueKind.USER
        ? userDrift(KeycloakMapping.user(id, wanted.attributes()), actual.get(), path)
        : groupDrift(id, wanted, actual.get(), path);
  }

  /** The account of a user federation follows its own source. */
  private static Optional<Drift> userDrift(KeycloakUser wanted, ObjectNode actual, String path) {
    List<Difference> differences = wanted.differences(actual, false);
    if (differences.isEmpty() || actual.hasNonNull("federationLink")) {
      return Optional.empty();
    }
    boolean switched =
        differences.stream().anyMatch(one -> one.field().equals(KeycloakUser.ENABLED));
    What what = wanted.enabled() ? What.DISABLED : What.ENABLED;
    return Optional.of(new Drift(switched ? what : What.CHANGED, differences, path));
  }

  /** Of a group whose name Keycloak cannot take, the push tells. */
  private static Optional<Drift> groupDrift(
      UUID id, Steady wanted, ObjectNode actual, String path) {
    List<Difference> differences;
    try {
      differences = KeycloakMapping.group(id, wanted.attributes()).differences(actual);
    } catch (KeycloakException impossible) {
      return Optional.empty();
    }
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    boolean moved = differences.stream().anyMatch(one -> one.field().equals(KeycloakGroup.PARENT));
    // Keycloak notes a move at the group that it went to.
    return Optional.of(
        moved
            ? new Drift(
                What.MOVED,
                differences,
                "groups/" + actual.path("parentId").asText("") + "/children")
            : new Drift(What.CHANGED, differences, path));
  }
}
