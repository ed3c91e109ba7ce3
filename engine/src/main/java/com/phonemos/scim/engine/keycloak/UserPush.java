package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Brings one user's account to what is wanted, whatever state it is found in. */
final class UserPush {
  private final KeycloakRealm realm;
  private final PushLedger ledger;
  private final TenantPolicy policy;
  private final StepRunner steps;
  private final Takeover takeover;

  UserPush(KeycloakRealm realm, PushLedger ledger, TenantPolicy policy) {
    this.realm = realm;
    this.ledger = ledger;
    this.policy = policy;
    this.steps = new StepRunner(realm);
    this.takeover = new Takeover(realm, ledger, policy.adoption());
  }

  /**
   * @param desired empty: the user was deleted here
   */
  Future<PushOutcome> push(Claim claim, Optional<Attributes> desired) {
    if (desired.isEmpty()) {
      return new UserDeparture(realm, ledger, policy).push(claim);
    }
    KeycloakUser user = KeycloakMapping.user(claim.id(), desired.get());
    Optional<String> link = ledger.link(DueKind.USER, claim.id());
    if (link.isEmpty()) {
      return claim.isFirst() ? create(claim, user) : findOrCreate(claim, user);
    }
    return realm
        .user(link.get())
        .compose(account ->
            account.isPresent()
                ? bring(claim, user, account.get())
                : recreate(claim, user, link.get()));
  }

  /**
   * The answer to a creation may have been lost, and since then the name has changed: creating it
   * again would not even collide.
   */
  private Future<PushOutcome> findOrCreate(Claim claim, KeycloakUser user) {
    return realm
        .usersWithScimId(claim.id())
        .compose(accounts ->
            accounts.isEmpty() ? create(claim, user) : takeOver(claim, user, accounts.getFirst()));
  }

  private Future<PushOutcome> create(Claim claim, KeycloakUser user) {
    return realm
        .createUser(user.representation())
        .<PushOutcome>map(id -> {
          ledger.linked(DueKind.USER, claim.id(), id);
          return new PushOutcome.Pushed();
        })
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Conflict
                ? takeOver(claim, user)
                : Future.failedFuture(cause));
  }

  /** It was deleted by hand, and with it its memberships. */
  private Future<PushOutcome> recreate(Claim claim, KeycloakUser user, String goneId) {
    ledger.unlinked(DueKind.USER, claim.id(), goneId);
    return create(claim, user)
        .compose(outcome -> ledger.markMemberships(DueKind.USER, claim.id()).map(outcome));
  }

  /** The name is taken: by our own account, if the answer to its creation was lost. */
  private Future<PushOutcome> takeOver(Claim claim, KeycloakUser user) {
    return holder(user)
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture(Takeover.contested(claim, "user name or e-mail"))
                : takeOver(claim, user, found.get()));
  }

  private Future<PushOutcome> takeOver(Claim claim, KeycloakUser user, ObjectNode account) {
    String id = KeycloakMapping.id(account);
    return takeover
        .user(claim, user, account)
        .compose(refusal -> {
          if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
          }
          ledger.linked(DueKind.USER, claim.id(), id);
          return takeover
              .markMembershipsOfUser(claim.id(), id)
              .compose(marked -> bring(claim, user, account));
        });
  }

  private Future<PushOutcome> bring(Claim claim, KeycloakUser user, ObjectNode account) {
    List<PushStep> plan =
        PushPlan.user(user, Optional.of(account), claim.change(), claim.losesAccess());
    if (plan.isEmpty()) {
      return Future.succeededFuture(new PushOutcome.InSync());
    }
    boolean losesAccess = !user.enabled() && account.path("enabled").booleanValue();
    return new AccountGuard(realm, ledger)
        .refusal(claim, account, losesAccess)
        .compose(refusal ->
            refusal.isPresent()
                ? Future.succeededFuture(refusal.get())
                : run(plan, claim, user, account));
  }

  private Future<PushOutcome> run(
      List<PushStep> plan, Claim claim, KeycloakUser user, ObjectNode account) {
    return steps
        .run(plan)
        .recover(cause ->
            switch (Problem.of(cause)) {
              case Problem.Rejected rejected when !user.enabled() ->
                  shutAnyway(user, account, rejected);
              case Problem.Conflict conflict -> nameTaken(claim, user, account);
              case Problem.NotFound gone -> recreate(claim, user, KeycloakMapping.id(account));
              case Problem.Rejected rejected -> Future.failedFuture(cause);
              case Problem.Failed failed -> Future.failedFuture(cause);
              case Problem.Unavailable unavailable -> Future.failedFuture(cause);
            });
  }

  /**
   * Whatever is wrong with the profile, access must end: every update has the stored profile
   * checked as well, so the last resort is one without any.
   */
  private Future<PushOutcome> shutAnyway(
      KeycloakUser user, ObjectNode account, Problem.Rejected rejected) {
    String id = KeycloakMapping.id(account);
    return realm
        .updateUser(id, KeycloakUser.shut())
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Rejected
                ? realm.updateUser(id, user.shutAndBare(account))
                : Future.failedFuture(cause))
        .eventually(() -> realm.logOut(id))
        .map(shut ->
            new PushOutcome.GivenUp(
                "The account is disabled, but its profile is not up to date. "
                    + rejected.reason()));
  }

  /**
   * Access must end all the same; and whoever waits for the name that this one has, may have it.
   */
  private Future<PushOutcome> nameTaken(Claim claim, KeycloakUser user, ObjectNode account) {
    String id = KeycloakMapping.id(account);
    Future<Void> shut =
        user.enabled()
            ? Future.succeededFuture()
            : realm.updateUser(id, KeycloakUser.shut()).eventually(() -> realm.logOut(id));
    return shut.compose(done -> holder(user))
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture(Takeover.contested(claim, "user name or e-mail"))
                : takeover.holderOf(claim, DueKind.USER, found.get(), "user name or e-mail"))
        .compose(outcome ->
            Takeover.mayBeACircle(claim, outcome)
                ? realm.updateUser(id, user.withoutName().mergedInto(account, false)).map(outcome)
                : Future.succeededFuture(outcome));
  }

  /** Who holds the name; if that is the user itself, who holds the e-mail address. */
  private Future<Optional<ObjectNode>> holder(KeycloakUser user) {
    return realm
        .userNamed(user.username())
        .compose(named ->
            named.filter(found -> !isLinkedTo(user.scimId(), found)).isPresent()
                    || user.email().isEmpty()
                ? Future.succeededFuture(named)
                : realm
                    .userWithEmail(user.email().get())
                    .map(addressed -> addressed.or(() -> named)));
  }

  private boolean isLinkedTo(UUID user, ObjectNode account) {
    return ledger
        .link(DueKind.USER, user)
        .filter(link -> link.equals(KeycloakMapping.id(account)))
        .isPresent();
  }
}
