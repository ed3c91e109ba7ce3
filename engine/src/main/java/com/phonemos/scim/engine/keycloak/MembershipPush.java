package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Has one user join or leave one group. Never asks first: both may be repeated. */
final class MembershipPush {
  private final KeycloakRealm realm;
  private final PushLedger ledger;
  private final StepRunner steps;

  MembershipPush(KeycloakRealm realm, PushLedger ledger) {
    this.realm = realm;
    this.ledger = ledger;
    this.steps = new StepRunner(realm);
  }

  /**
   * @param desired whether the user should be a member
   */
  Future<PushOutcome> push(Claim claim, boolean desired) {
    Optional<String> user = ledger.link(DueKind.USER, claim.id());
    Optional<String> group = ledger.link(DueKind.GROUP, claim.groupId());
    if (desired && (user.isEmpty() || group.isEmpty())) {
      return Future.succeededFuture(waitFor(claim, user.isEmpty() ? "user" : "group"));
    }
    return steps
        .run(PushPlan.membership(desired, user, group))
        .recover(cause ->
            Problem.of(cause) instanceof Problem.NotFound && user.isPresent()
                ? repair(claim, user.get())
                : Future.failedFuture(cause));
  }

  /** Of the two that may be gone the user is looked at; the group's push looks for itself. */
  private Future<PushOutcome> repair(Claim claim, String userId) {
    return realm
        .user(userId)
        .compose(found ->
            found.isEmpty()
                ? ledger
                    .markForRepair(List.of(PushStore.Due.user(claim.id())))
                    .<PushOutcome>map(marked -> waitFor(claim, "user"))
                : ledger
                    .markForRepair(List.of(PushStore.Due.group(claim.groupId())))
                    .map(marked -> waitFor(claim, "group")));
  }

  private static PushOutcome waitFor(Claim claim, String missing) {
    return new PushOutcome.Later(
        Backoff.waiting(claim.age()),
        false,
        "Expected the " + missing + " to be in Keycloak first, but it is not there yet");
  }
}
