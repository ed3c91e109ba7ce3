package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.KeycloakTarget;
import io.vertx.core.Vertx;

/**
 * A way to a realm for long reads beside the push, at a pace of its own; see {@link
 * PacedTransport}.
 */
record RealmReader(
    KeycloakClient realm, AdminEventLog events, KeycloakGate gate, CircuitBreaker circuit) {
  static RealmReader of(Vertx vertx, KeycloakTransport transport, KeycloakTarget target) {
    Timers timers = (delayMs, task) -> vertx.setTimer(delayMs, timer -> task.run());
    return of(new PacedTransport(transport, timers, System::nanoTime), target);
  }

  /** With a transport that keeps the pace already. */
  static RealmReader of(KeycloakTransport paced, KeycloakTarget target) {
    KeycloakGate gate =
        new KeycloakGate(
            new CircuitBreaker(System::nanoTime, PushLanes.LONGEST_SERVER_PAUSE),
            new AdaptiveLimit(System::nanoTime, 1));
    CircuitBreaker circuit = new CircuitBreaker(System::nanoTime, PushLanes.LONGEST_REALM_PAUSE);
    KeycloakCalls calls =
        new KeycloakCalls(paced, target, gate, circuit, System::nanoTime, PushRecorder.NONE);
    return new RealmReader(new KeycloakClient(calls), new AdminEventLog(calls), gate, circuit);
  }
}
