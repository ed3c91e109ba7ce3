package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates.Desired;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes what one claim is about, and turns every failure into what becomes of the claim. */
record ClaimPush(
    TenantPush.Way way,
    PushLedger ledger,
    Desired desired,
    Backoff backoff,
    PushRecorder recorder) {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimPush.class);
  private static final int FAULTS = 8;
  private static final Duration SET_ASIDE = Duration.ofHours(1);

  /** Never fails. */
  Future<PushOutcome> push(Claim claim) {
    return Future.succeededFuture()
        .compose(start -> attempt(claim)) // Turns a throw into a failed future.
        .recover(cause -> Future.succeededFuture(afterFailure(claim, cause)));
  }

  private Future<PushOutcome> attempt(Claim claim) {
    return switch (claim.kind()) {
      case USER ->
          new UserPush(way.keycloak(), ledger, way.policy())
              .push(claim, Optional.ofNullable(desired.users().get(claim.id())));
      case GROUP ->
          new GroupPush(way.keycloak(), ledger, way.policy())
              .push(claim, Optional.ofNullable(desired.groups().get(claim.id())));
      case MEMBERSHIP ->
          new MembershipPush(way.keycloak(), ledger)
              .push(
                  claim,
                  desired.memberships().contains(new Membership(claim.id(), claim.groupId())));
    };
  }

  private PushOutcome afterFailure(Claim claim, Throwable cause) {
    if (!(cause instanceof KeycloakException)) {
      LOG.atWarn()
          .addKeyValue("tenant", claim.tenant())
          .addKeyValue("resource", claim.id())
          .addKeyValue("attempts", claim.attempts())
          .setCause(cause)
          .log("A push failed before or after its calls to Keycloak");
    }
    Problem problem = Problem.of(cause);
    recorder.retried(problem.label());
    return switch (problem) {
      case Problem.Rejected rejected -> new PushOutcome.GivenUp(rejected.reason());
      case Problem.Unavailable unavailable -> afterOutage(claim, unavailable);
      case Problem.Conflict conflict -> later(claim, problem);
      case Problem.NotFound notFound -> later(claim, problem);
      case Problem.Failed failed -> afterFault(claim, failed);
    };
  }

  /**
   * What fails again and again is set aside, so that it costs next to nothing until it is cured.
   */
  private PushOutcome afterFault(Claim claim, Problem.Failed failed) {
    return claim.attempts() < FAULTS
        ? later(claim, failed)
        : new PushOutcome.Later(
            SET_ASIDE,
            true,
            failed.reason() + " (set aside after " + claim.attempts() + " attempts)");
  }

  /** An outage that the breakers know of says nothing about this resource. */
  private PushOutcome afterOutage(Claim claim, Problem.Unavailable unavailable) {
    CircuitBreaker circuit =
        switch (unavailable.scope()) {
          case SERVER -> way.gate().circuit();
          case REALM -> way.circuit();
        };
    return circuit.isOpen()
        ? new PushOutcome.Later(circuit.remaining(), false, unavailable.reason())
        : later(claim, unavailable);
  }

  private PushOutcome later(Claim claim, Problem problem) {
    return new PushOutcome.Later(backoff.after(claim.attempts()), true, problem.reason());
  }
}
