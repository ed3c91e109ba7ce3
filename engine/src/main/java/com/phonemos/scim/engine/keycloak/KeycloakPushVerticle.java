package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.PushDue;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DesiredStates;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.Outbox;
import com.phonemos.scim.engine.store.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Keycloak to what SCIM wants, tenant by tenant. It wakes when told that something is due,
 * and looks by itself at short intervals, because nobody may have told it. One per process; any
 * number of processes may share a database.
 */
public final class KeycloakPushVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(KeycloakPushVerticle.class);
  private static final long TICK_MS = 500;
  private static final long STOP_LIMIT_MS = 15_000;
  private static final long TARGET_AGE_NS = Duration.ofSeconds(10).toNanos();
  private static final long NEVER = System.nanoTime() - 2 * TARGET_AGE_NS;
  private static final Duration LONGEST_SERVER_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_REALM_PAUSE = Duration.ofSeconds(60);

  private final Tenants tenants;
  private final Outbox outbox;
  private final KeycloakLinks links;
  private final DesiredStates desiredStates;
  private final PushMeter meter;
  private final Map<String, KeycloakGate> gates = new HashMap<>();
  private final Map<TenantId, OpenLane> lanes = new HashMap<>();

  /** Tenants that had no Keycloak, and when that was seen: not to ask again at every commit. */
  private final Map<TenantId, Long> withoutTarget = new HashMap<>();

  private @org.jspecify.annotations.Nullable Running running;
  private boolean looking;
  private boolean databaseAway;

  /**
   * @param meters takes {@code scim_push_seconds{outcome}}
   */
  public KeycloakPushVerticle(Database database, Tenants tenants, MeterRegistry meters) {
    this.tenants = tenants;
    this.outbox = new Outbox(database);
    this.links = new KeycloakLinks(database);
    this.desiredStates = new DesiredStates(database);
    this.meter = new PushMeter(meters);
  }

  private record Running(KeycloakHttp http, Settler settler, Backoff backoff) {}

  private record OpenLane(KeycloakTarget target, TenantPush push, long checkedAt) {}

  @Override
  public Future<?> start() {
    running =
        new Running(
            new KeycloakHttp(vertx),
            new Settler(vertx, outbox, links),
            new Backoff(RandomGenerator.getDefault()));
    vertx.setPeriodic(TICK_MS, timer -> look());
    return vertx.eventBus().<PushDue>localConsumer(BusAddress.PUSH_DUE, this::receive).completion();
  }

  /** Pushes that have started end; what has not started may be claimed by others at once. */
  @Override
  public Future<?> stop() {
    Running stopping = running;
    running = null;
    if (stopping == null) {
      return Future.succeededFuture();
    }
    lanes.values().forEach(lane -> lane.push.stop());
    return allIdle(stopping)
        .timeout(STOP_LIMIT_MS, TimeUnit.MILLISECONDS)
        .eventually(() -> stopping.http.close());
  }

  private Future<Void> allIdle(Running stopping) {
    boolean idle = lanes.values().stream().allMatch(lane -> lane.push.isIdle());
    return idle ? stopping.settler.drained() : vertx.timer(50).compose(again -> allIdle(stopping));
  }

  private void receive(Message<PushDue> message) {
    TenantId tenant = message.body().tenant();
    OpenLane lane = lanes.get(tenant);
    if (lane != null) {
      lane.push.wake().onFailure(this::databaseFailed);
    } else if (System.nanoTime() - withoutTarget.getOrDefault(tenant, NEVER) > TARGET_AGE_NS) {
      open(tenant).onFailure(this::databaseFailed);
    }
  }

  private void look() {
    if (looking || running == null) {
      return;
    }
    looking = true;
    outbox
        .dueTenants()
        .compose(this::tick)
        .onSuccess(done -> databaseAnswered())
        .onFailure(this::databaseFailed)
        .onComplete(done -> looking = false);
  }

  private Future<Void> tick(List<TenantId> due) {
    lanes
        .entrySet()
        .removeIf(lane -> lane.getValue().push.isIdle() && !due.contains(lane.getKey()));
    List<Future<Void>> ticks = new ArrayList<>();
    for (OpenLane lane : lanes.values()) {
      ticks.add(lane.push.tick());
    }
    for (TenantId tenant : due) {
      OpenLane lane = lanes.get(tenant);
      if (lane == null || System.nanoTime() - lane.checkedAt > TARGET_AGE_NS) {
        ticks.add(open(tenant));
      }
    }
    return Future.join(ticks).mapEmpty();
  }

  /** Opens a tenant's lane, or opens it anew when the tenant's target has changed. */
  private Future<Void> open(TenantId tenant) {
    return tenants
        .target(tenant)
        .recover(cause -> unusable(tenant, cause))
        .compose(target -> {
          Running now = running;
          OpenLane lane = lanes.get(tenant);
          if (now == null) {
            return Future.succeededFuture();
          }
          if (lane != null && target.equals(Optional.of(lane.target))) {
            lanes.put(tenant, new OpenLane(lane.target, lane.push, System.nanoTime()));
            return Future.succeededFuture();
          }
          if (lane != null) {
            // What it holds and has not started is due at once, for its successor.
            lane.push.stop();
            lanes.remove(tenant);
          }
          if (target.isEmpty()) {
            withoutTarget.put(tenant, System.nanoTime());
            return Future.succeededFuture();
          }
          TenantPush push = push(tenant, target.get(), now);
          lanes.put(tenant, new OpenLane(target.get(), push, System.nanoTime()));
          return push.wake();
        });
  }

  private TenantPush push(TenantId tenant, KeycloakTarget target, Running now) {
    KeycloakGate gate =
        gates.computeIfAbsent(
            target.url(),
            url -> new KeycloakGate(new CircuitBreaker(System::nanoTime, LONGEST_SERVER_PAUSE)));
    CircuitBreaker circuit = new CircuitBreaker(System::nanoTime, LONGEST_REALM_PAUSE);
    KeycloakCalls calls =
        new KeycloakCalls(now.http, target, gate.circuit(), circuit, System::nanoTime);
    return new TenantPush(
        tenant,
        new KeycloakClient(calls),
        circuit,
        gate,
        new TenantLedger(tenant, outbox, links, desiredStates, now.settler),
        new TenantPush.Surroundings(
            outbox, desiredStates, now.settler, now.backoff, meter, System::nanoTime));
  }

  private Future<Optional<KeycloakTarget>> unusable(TenantId tenant, Throwable cause) {
    if (cause instanceof com.phonemos.scim.engine.store.SecretBox.SealBrokenException) {
      LOG.atError()
          .addKeyValue("tenant", tenant)
          .addKeyValue("cause", cause.getMessage())
          .log("A tenant cannot be pushed");
      return Future.succeededFuture(Optional.empty());
    }
    return Future.failedFuture(cause);
  }

  private void databaseFailed(Throwable cause) {
    if (!databaseAway) {
      LOG.atWarn()
          .addKeyValue("cause", cause.getMessage())
          .log("What is due cannot be read; the push waits");
    }
    databaseAway = true;
  }

  private void databaseAnswered() {
    if (databaseAway) {
      LOG.info("What is due can be read again");
    }
    databaseAway = false;
  }
}
