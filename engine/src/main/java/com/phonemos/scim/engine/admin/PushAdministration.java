package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.KeycloakLinks;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What has not reached Keycloak, and what an operator decides about it. */
public final class PushAdministration {
  private final DueList due;
  private final AccessGuard guard;
  private final KeycloakLinks links;
  private final TenantAdministration tenants;

  PushAdministration(Database database, TenantAdministration tenants) {
    this.due = new DueList(database);
    this.guard = new AccessGuard(database);
    this.links = new KeycloakLinks(database);
    this.tenants = tenants;
  }

  /** Given up first, then by age. */
  public Future<List<DueList.Due>> due(String slug, int limit) {
    return tenants.find(slug).compose(tenant -> due.list(tenant.id(), limit));
  }

  /** Makes everything that failed due at once; answers how many. */
  public Future<Integer> retry(String slug) {
    return tenants.find(slug).compose(tenant -> due.retry(tenant.id()));
  }

  /**
   * Leaves out of Keycloak a user that was given up, until its next change; answers with how many
   * memberships.
   */
  public Future<Integer> reject(String slug, UUID user) {
    return tenants
        .find(slug)
        .compose(tenant -> due.reject(tenant.id(), user))
        .compose(dropped ->
            dropped > 0
                ? Future.succeededFuture(dropped - 1)
                : TenantAdministration.refused(
                    Refusal.Kind.ABSENT,
                    "Expected a user of "
                        + slug
                        + " that was given up, but there is none with id "
                        + user));
  }

  /** Gives a user an account that exists in Keycloak already. */
  public Future<Void> link(String slug, UUID user, UUID account) {
    return tenants
        .find(slug)
        .compose(tenant -> links.linkByHand(tenant.id(), user, account.toString()))
        .compose(linked ->
            linked
                ? Future.succeededFuture()
                : TenantAdministration.refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a user of "
                        + slug
                        + " and an account that is free, but there is no such user, or the account"
                        + " belongs to somebody"));
  }

  /** Whose access is kept until an operator decides; the longest held first. */
  public Future<List<AccessGuard.Held>> held(String slug, int limit) {
    return tenants.find(slug).compose(tenant -> guard.list(tenant.id(), limit));
  }

  /**
   * Lets those that are held lose access in Keycloak; answers how many.
   *
   * @param user empty: all
   */
  public Future<Integer> releaseHeld(String slug, Optional<UUID> user) {
    return tenants.find(slug).compose(tenant -> guard.release(tenant.id(), user));
  }

  /**
   * Keeps the access of those that are held until their next change; answers how many.
   *
   * @param user empty: all
   */
  public Future<Integer> rejectHeld(String slug, Optional<UUID> user) {
    return tenants.find(slug).compose(tenant -> guard.reject(tenant.id(), user));
  }
}
