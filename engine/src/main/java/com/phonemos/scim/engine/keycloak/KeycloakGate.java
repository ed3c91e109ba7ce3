package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;

/**
 * Lets pushes of all tenants through to one Keycloak: as many at a time as it takes, loss of access
 * first, otherwise the tenants in turn, none while it is away. For use on one event loop.
 */
final class KeycloakGate {
  private final CircuitBreaker circuit;
  private final AdaptiveLimit limit;
  private final Queue<Lane> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean dispatching;

  KeycloakGate(CircuitBreaker circuit, AdaptiveLimit limit) {
    this.circuit = circuit;
    this.limit = limit;
  }

  /** A tenant that has pushes to make. */
  interface Lane {
    /** Starts the next push; empty when there is none that may start now. */
    Optional<Future<Void>> startNext();

    /** Whether the next push takes access away. */
    boolean isUrgent();
  }

  CircuitBreaker circuit() {
    return circuit;
  }

  int limit() {
    return limit.limit();
  }

  /** Keycloak answered, whatever its answer means for the resource. */
  void answered(long nanos) {
    circuit.succeeded();
    limit.answered(nanos);
  }

  /** Keycloak answered that it failed: others may go on, but not more of them. */
  void faltered() {
    circuit.succeeded();
    limit.failed();
  }

  /** Keycloak did not answer, or refused to. */
  void failed(Optional<Duration> retryAfter) {
    circuit.failed(retryAfter);
    limit.failed();
  }

  /** Gives a lane its turns until it has nothing to start. */
  void enter(Lane lane) {
    if (!waiting.contains(lane)) {
      waiting.add(lane);
    }
    dispatch();
  }

  private void dispatch() {
    // Pushes that end at once would otherwise recurse, each inside the one before.
    if (dispatching) {
      return;
    }
    dispatching = true;
    while (inFlight < circuit.permits(limit.limit()) && !waiting.isEmpty()) {
      Lane lane = next();
      lane.startNext()
          .ifPresent(push -> {
            inFlight++;
            waiting.add(lane);
            push.onComplete(done -> leave());
          });
    }
    dispatching = false;
  }

  private Lane next() {
    for (Iterator<Lane> lanes = waiting.iterator(); lanes.hasNext(); ) {
      Lane lane = lanes.next();
      if (lane.isUrgent()) {
        lanes.remove();
        return lane;
      }
    }
    return waiting.remove();
  }

  private void leave() {
    inFlight--;
    dispatch();
  }
}
