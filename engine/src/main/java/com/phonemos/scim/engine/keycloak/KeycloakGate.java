package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Lets pushes of all tenants through to one Keycloak: a few at a time, the tenants in turn, none
 * while it is away. For use on one event loop.
 */
final class KeycloakGate {
  /** Keycloak's throughput peaks at four to eight; more only wait there. */
  static final int LIMIT = 8;

  private final CircuitBreaker circuit;
  private final Queue<Lane> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean dispatching;

  KeycloakGate(CircuitBreaker circuit) {
    this.circuit = circuit;
  }

  /** A tenant that has pushes to make. */
  interface Lane {
    /** Starts the next push; empty when there is none that may start now. */
    Optional<Future<Void>> startNext();
  }

  CircuitBreaker circuit() {
    return circuit;
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
    while (inFlight < circuit.permits(LIMIT) && !waiting.isEmpty()) {
      Lane lane = waiting.remove();
      lane.startNext()
          .ifPresent(push -> {
            inFlight++;
            waiting.add(lane);
            push.onComplete(done -> leave());
          });
    }
    dispatching = false;
  }

  private void leave() {
    inFlight--;
    dispatch();
  }
}
