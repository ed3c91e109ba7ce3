package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.Settlement;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Pushes one tenant: claims what is due, a bounded number at a time, and gives it to the gate
 * subject by subject. A subject is a user with its memberships, or a group; its claims are pushed
 * one after the other, so that nothing of a user is ever changed twice at a time. For use on one
 * event loop.
 */
final class TenantPush implements KeycloakGate.Lane {
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final int HELD_LIMIT = 256;
  private static final int LOW_WATER = HELD_LIMIT / 2;

  /** Claimed beside what is held already, so that a long first sync does not keep them waiting. */
  private static final int URGENT_LIMIT = 64;

  private static final int PROBES = 4;

  private static final int ANY_PRIORITY = Short.MAX_VALUE;

  /** What starts later could outlive its lease: a push may take several timeouts. */
  private static final long START_LIMIT_NS = Duration.ofSeconds(15).toNanos();

  private final Way way;
  private final PushStore store;
  private final TenantLedger ledger;
  private final Settler settler;
  private final Backoff backoff;
  private final PushRecorder recorder;
  private final LongSupplier nanoTime;
  private final int concurrency;
  private final SubjectQueue<Work> queue = new SubjectQueue<>();
  private int held;
  private boolean claiming;
  private boolean moreDue;
  private boolean stopped;

  /**
   * A tenant's way to its realm.
   *
   * @param circuit of the realm, also told by {@code keycloak}
   */
  record Way(
      TenantId tenant,
      TenantPolicy policy,
      KeycloakRealm keycloak,
      KeycloakGate gate,
      CircuitBreaker circuit) {
    boolean isBlocked() {
      return circuit.permits(1) == 0 || gate.circuit().permits(1) == 0;
    }

    /** One push will show whether Keycloak is back; the others would have to be given back. */
    boolean isProbing() {
      return circuit.isOpen() || gate.circuit().isOpen();
    }
  }

  /** What a tenant's pushes share with those of others. */
  record Surroundings(
      PushStore store,
      Settler settler,
      Backoff backoff,
      PushRecorder recorder,
      LongSupplier nanoTime) {}

  /**
   * @param concurrency turns at a time
   */
  TenantPush(Way way, TenantLedger ledger, Surroundings surroundings, int concurrency) {
    this.way = way;
    this.ledger = ledger;
    this.store = surroundings.store();
    this.settler = surroundings.settler();
    this.backoff = surroundings.backoff();
    this.recorder = surroundings.recorder();
    this.nanoTime = surroundings.nanoTime();
    this.concurrency = concurrency;
  }

  private record Work(Claim claim, ClaimPush push, long claimedAt) {}

  /** Something became due. Fails only when the database does. */
  Future<Void> wake() {
    moreDue = true;
    return held <= LOW_WATER
        ? claim(HELD_LIMIT - held, ANY_PRIORITY)
        : claim(URGENT_LIMIT, Claim.LOSS_OF_ACCESS);
  }

  /** Like {@link #wake}, at intervals: it also minds what is blocked. */
  Future<Void> tick() {
    if (way.isBlocked()) {
      release();
      return Future.succeededFuture();
    }
    way.gate().enter(this);
    return wake();
  }

  /** Whether it may be forgotten. */
  boolean isIdle() {
    return held == 0 && !claiming;
  }

  /** Starts nothing more, and gives back what has not started. */
  void stop() {
    stopped = true;
    release();
  }

  @Override
  public Optional<Future<Void>> startNext() {
    if (stopped || way.circuit().permits(concurrency) <= queue.running()) {
      return Optional.empty();
    }
    return queue.next().map(turn -> run(turn).onComplete(done -> queue.done(turn)));
  }

  @Override
  public boolean isUrgent() {
    return queue.mostUrgent().filter(urgency -> urgency == Claim.LOSS_OF_ACCESS).isPresent();
  }

  private Future<Void> claim(int limit, int lowestPriority) {
    if (claiming || stopped || way.isBlocked()) {
      return Future.succeededFuture();
    }
    claiming = true;
    moreDue = false;
    long claimedAt = nanoTime.getAsLong();
    return store
        .claim(
            way.tenant(), lowestPriority, way.isProbing() ? Math.min(limit, PROBES) : limit, LEASE)
        .compose(claims -> {
          held += claims.size();
          moreDue = moreDue || claims.size() >= Math.min(limit, PROBES);
          return claims.isEmpty() ? Future.succeededFuture() : prepare(claims, claimedAt);
        })
        .onComplete(done -> {
          claiming = false;
          if (done.succeeded() && moreDue && held <= LOW_WATER) {
            claimMore();
          }
        });
  }

  private Future<Void> prepare(List<Claim> claims, long claimedAt) {
    Future<DesiredStates.Desired> desired = store.desired(way.tenant(), claims);
    Future<PushLedger> links = ledger.open(claims);
    return Future.all(desired, links)
        .<Void>map(all -> {
          ClaimPush push = new ClaimPush(way, links.result(), desired.result(), backoff, recorder);
          claims.forEach(claim -> queue.add(subject(claim), work(claim, push, claimedAt)));
          way.gate().enter(this);
          return null;
        })
        .onFailure(cause -> claims.forEach(claim -> settle(new Settlement.Released(claim))));
  }

  private void claimMore() {
    // The tick tries again, and tells of the failure.
    claim(HELD_LIMIT - held, ANY_PRIORITY).onFailure(cause -> moreDue = true);
  }

  private Future<Void> run(SubjectQueue.Turn<Work> turn) {
    Future<Void> done = Future.succeededFuture();
    for (Work work : turn.works()) {
      done = done.compose(before -> run(work));
    }
    return done;
  }

  private Future<Void> run(Work work) {
    long start = nanoTime.getAsLong();
    if (stopped || way.isBlocked() || start - work.claimedAt > START_LIMIT_NS) {
      settle(new Settlement.Released(work.claim));
      return Future.succeededFuture();
    }
    return work.push
        .push(work.claim)
        .map(outcome -> {
          record(work, outcome, start);
          settle(settlement(work.claim, outcome));
          return null;
        });
  }

  private void record(Work work, PushOutcome outcome, long start) {
    long now = nanoTime.getAsLong();
    recorder.pushed(outcome.label(), now - start);
    if (settlement(work.claim, outcome).done()) {
      Duration lag = work.claim.age().plusNanos(now - work.claimedAt);
      recorder.settled(work.claim.losesAccess(), lag.toMillis());
    }
  }

  private void release() {
    queue.clear().forEach(work -> settle(new Settlement.Released(work.claim)));
  }

  private void settle(Settlement settlement) {
    settler.settle(settlement, this::settled);
  }

  private void settled(Claim claim, boolean dueAgain) {
    held--;
    moreDue = moreDue || dueAgain;
    if (moreDue && held <= LOW_WATER) {
      claimMore();
    }
  }

  private static Settlement settlement(Claim claim, PushOutcome outcome) {
    return switch (outcome) {
      case PushOutcome.InSync inSync -> new Settlement.Done(claim);
      case PushOutcome.Pushed pushed -> new Settlement.Done(claim);
      case PushOutcome.Later later ->
          new Settlement.Postponed(claim, later.after(), later.counted(), later.reason());
      case PushOutcome.GivenUp givenUp -> new Settlement.GivenUp(claim, givenUp.reason());
      case PushOutcome.Held held -> new Settlement.GivenUp(claim, PushOutcome.Held.REASON);
    };
  }

  private static SubjectQueue.Subject subject(Claim claim) {
    UUID id = claim.id();
    return new SubjectQueue.Subject(
        claim.kind() == DueKind.GROUP ? DueKind.GROUP : DueKind.USER, id);
  }

  private static SubjectQueue.Ranked<Work> work(Claim claim, ClaimPush push, long claimedAt) {
    // A user before its memberships, however urgent those are.
    int order = claim.kind() == DueKind.MEMBERSHIP ? 1 + claim.priority() : 0;
    return new SubjectQueue.Ranked<>(claim.priority(), order, new Work(claim, push, claimedAt));
  }
}
