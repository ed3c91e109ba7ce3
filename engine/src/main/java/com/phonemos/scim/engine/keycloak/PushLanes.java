package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.PushSettings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The tenants that have something due, each with its lane to its Keycloak. For use on one event
 * loop; knows time and network by its ports only, so that a test can play both.
 */
final class PushLanes {
  private static final long SETTINGS_AGE_NS = Duration.ofSeconds(10).toNanos();
  static final Duration LONGEST_SERVER_PAUSE = Duration.ofSeconds(10);
  static final Duration LONGEST_REALM_PAUSE = Duration.ofSeconds(60);

  private final PushStore store;
  private final KeycloakTransport transport;
  private final Settler settler;
  private final Backoff backoff;
  private final PushRecorder recorder;
  private final LongSupplier nanoTime;
  private final int concurrency;
  private final Map<String, KeycloakGate> gates = new HashMap<>();
  private final Map<TenantId, OpenLane> lanes = new HashMap<>();

  /** Tenants without a target, and when that was read: asked again only after a while. */
  private final Map<TenantId, Long> without = new HashMap<>();

  private boolean stopped;

  /**
   * What the lanes do not make themselves.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  record Ports(
      PushStore store,
      KeycloakTransport transport,
      Timers timers,
      LongSupplier nanoTime,
      RandomGenerator random,
      PushRecorder recorder) {}

  /**
   * @param concurrency pushes at a time, per Keycloak and per tenant
   */
  PushLanes(Ports ports, int concurrency) {
    this.store = ports.store;
    this.transport = ports.transport;
    this.settler = new Settler(ports.timers, store);
    this.backoff = new Backoff(ports.random);
    this.recorder = ports.recorder;
    this.nanoTime = ports.nanoTime;
    this.concurrency = concurrency;
  }

  private record OpenLane(PushSettings settings, TenantPush push, long checkedAt) {}

  /** Something of the tenant became due. Fails only when the database does. */
  Future<Void> wake(TenantId tenant) {
    OpenLane lane = lanes.get(tenant);
    if (lane != null) {
      return lane.push.wake();
    }
    return isWithout(tenant) ? Future.succeededFuture() : open(tenant);
  }

  /** Looks for what nobody told of. Fails only when the database does. */
  Future<Void> look() {
    gates.forEach((url, gate) -> {
      CircuitBreaker circuit = gate.circuit();
      recorder.gate(url, circuit.isOpen() ? 2 - circuit.permits(1) : 0, gate.limit());
    });
    return store.dueTenants().compose(this::look);
  }

  /** Starts nothing more; what has not started may be claimed by others at once. */
  void stop() {
    stopped = true;
    lanes.values().forEach(lane -> lane.push.stop());
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(lane -> lane.push.isIdle());
  }

  /** Completes when the outcomes of all pushes that ended are written. */
  Future<Void> written() {
    return settler.drained();
  }

  private Future<Void> look(List<TenantId> due) {
    lanes
        .entrySet()
        .removeIf(lane -> lane.getValue().push.isIdle() && !due.contains(lane.getKey()));
    without.values().removeIf(this::isOld);
    List<Future<Void>> looks = new ArrayList<>();
    for (OpenLane lane : List.copyOf(lanes.values())) {
      looks.add(lane.push.tick());
    }
    for (TenantId tenant : due) {
      OpenLane lane = lanes.get(tenant);
      if (lane == null ? !isWithout(tenant) : isOld(lane.checkedAt)) {
        looks.add(open(tenant));
      }
    }
    return Future.join(looks).mapEmpty();
  }

  /** Opens a tenant's lane, or opens it anew when its settings have changed. */
  private Future<Void> open(TenantId tenant) {
    return store
        .settings(tenant)
        .compose(settings -> {
          OpenLane lane = lanes.get(tenant);
          if (stopped) {
            return Future.succeededFuture();
          }
          if (lane != null && settings.equals(Optional.of(lane.settings))) {
            lanes.put(tenant, new OpenLane(lane.settings, lane.push, nanoTime.getAsLong()));
            return Future.succeededFuture();
          }
          if (lane != null) {
            // What it holds and has not started is due at once, for its successor.
            lane.push.stop();
            lanes.remove(tenant);
          }
          if (settings.isEmpty()) {
            without.put(tenant, nanoTime.getAsLong());
            return Future.succeededFuture();
          }
          TenantPush push = push(tenant, settings.get());
          lanes.put(tenant, new OpenLane(settings.get(), push, nanoTime.getAsLong()));
          return push.wake();
        });
  }

  private TenantPush push(TenantId tenant, PushSettings settings) {
    KeycloakGate gate =
        gates.computeIfAbsent(
            settings.target().url(),
            url ->
                new KeycloakGate(
                    new CircuitBreaker(nanoTime, LONGEST_SERVER_PAUSE),
                    new AdaptiveLimit(nanoTime, concurrency)));
    CircuitBreaker circuit = new CircuitBreaker(nanoTime, LONGEST_REALM_PAUSE);
    KeycloakCalls calls =
        new KeycloakCalls(transport, settings.target(), gate, circuit, nanoTime, recorder);
    return new TenantPush(
        new TenantPush.Way(tenant, settings.policy(), new KeycloakClient(calls), gate, circuit),
        new TenantLedger(tenant, settings.policy(), store, settler, recorder),
        new TenantPush.Surroundings(store, settler, backoff, recorder, nanoTime),
        concurrency);
  }

  private boolean isWithout(TenantId tenant) {
    Long readAt = without.get(tenant);
    return readAt != null && !isOld(readAt);
  }

  private boolean isOld(long readAt) {
    return nanoTime.getAsLong() - readAt > SETTINGS_AGE_NS;
  }
}
