package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.RequestLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Why somebody is, or is not, what one expects: what the identity provider sent, what was stored,
 * and what Keycloak has of it.
 *
 * @param user absent: nobody of that name is stored; then the requests say whether anybody ever was
 *     asked for
 * @param groups of which the user is a direct member
 * @param membership changes of the membership asked about, newest first; absent where none was
 * @param changes of the user, newest first
 * @param due what has not reached Keycloak yet, and why
 * @param account the id of the user's account in Keycloak; absent: there is none yet
 * @param requests of the identity provider about this user, newest first
 */
public record Explanation(
    Optional<Dossier.User> user,
    List<Dossier.Group> groups,
    Optional<Membership> membership,
    List<Dossier.Change> changes,
    List<DueList.Due> due,
    Optional<String> account,
    List<RequestLog.Entry> requests) {
  private static final int MOST = 20;

  /**
   * Of one user in one group.
   *
   * @param group absent: there is no group of that name
   */
  public record Membership(
      String name, Optional<UUID> group, boolean member, List<Dossier.Change> changes) {}

  /**
   * Asks for somebody.
   *
   * @param name a user name, an e-mail address or an external id
   * @param group a display name, to be told of that membership too
   * @return one explanation per user of that name; where there is none, one without a user
   */
  public static Future<List<Explanation>> of(
      Dossier dossier, RequestLog requests, TenantId tenant, String name, Optional<String> group) {
    return dossier
        .users(tenant, name)
        .compose(users ->
            users.isEmpty()
                ? nobody(requests, tenant, name).map(List::of)
                : Future.all(
                        users.stream()
                            .map(user -> of(dossier, requests, tenant, name, user, group))
                            .toList())
                    .map(all -> all.<Explanation>list()));
  }

  private static Future<Explanation> nobody(RequestLog requests, TenantId tenant, String name) {
    return requests
        .of(tenant, List.of(), List.of(RequestLog.subject(tenant, Folding.fold(name))), MOST)
        .map(found ->
            new Explanation(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                found));
  }

  private static Future<Explanation> of(
      Dossier dossier,
      RequestLog requests,
      TenantId tenant,
      String name,
      Dossier.User user,
      Optional<String> group) {
    Future<List<Dossier.Group>> groups = dossier.groups(tenant, user.id());
    Future<List<Dossier.Change>> changes = dossier.changes(tenant, user.id(), MOST);
    Future<List<DueList.Due>> due = dossier.due(tenant, user.id());
    Future<Optional<String>> account = dossier.account(tenant, user.id());
    Future<List<RequestLog.Entry>> asked =
        requests.of(
            tenant,
            List.of(user.id()),
            List.of(RequestLog.subject(tenant, Folding.fold(name))),
            MOST);
    Future<Optional<Membership>> membership =
        group
            .map(of -> membership(dossier, tenant, user.id(), of).map(Optional::of))
            .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    return Future.all(List.of(groups, changes, due, account, asked, membership))
        .map(all ->
            new Explanation(
                Optional.of(user),
                groups.result(),
                membership.result(),
                changes.result(),
                due.result(),
                account.result(),
                asked.result()));
  }

  private static Future<Membership> membership(
      Dossier dossier, TenantId tenant, UUID user, String name) {
    return dossier
        .group(tenant, name)
        .compose(group -> {
          if (group.isEmpty()) {
            return Future.succeededFuture(new Membership(name, group, false, List.of()));
          }
          Future<List<Dossier.Group>> groups = dossier.groups(tenant, user);
          Future<List<Dossier.Change>> changes =
              dossier.membershipChanges(tenant, group.get(), user, MOST);
          return Future.all(groups, changes)
              .map(all ->
                  new Membership(
                      name,
                      group,
                      groups.result().stream().anyMatch(one -> one.id().equals(group.get())),
                      changes.result()));
        });
  }
}
