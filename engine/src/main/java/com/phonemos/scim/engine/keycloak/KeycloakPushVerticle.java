package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.PushDue;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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

  private final PushStore store;
  private final PushRecorder recorder;
  private final int concurrency;
  private final EgressPolicy egress;
  private @Nullable Running running;
  private boolean looking;
  private boolean databaseAway;

  /**
   * @param concurrency pushes at a time, per Keycloak and per tenant
   * @param egress where a Keycloak may be
   */
  public KeycloakPushVerticle(
      Database database,
      Tenants tenants,
      PushRecorder recorder,
      int concurrency,
      EgressPolicy egress) {
    this.store = DatabasePushStore.of(database, tenants);
    this.recorder = recorder;
    this.concurrency = concurrency;
    this.egress = egress;
  }

  private record Running(KeycloakHttp http, PushLanes lanes) {}

  @Override
  public Future<?> start() {
    KeycloakHttp http = new KeycloakHttp(vertx, egress);
    PushLanes.Ports ports =
        new PushLanes.Ports(
            store,
            http,
            (delayMs, task) -> vertx.setTimer(delayMs, timer -> task.run()),
            System::nanoTime,
            RandomGenerator.getDefault(),
            recorder);
    PushLanes lanes = new PushLanes(ports, concurrency);
    running = new Running(http, lanes);
    vertx.setPeriodic(TICK_MS, timer -> look(lanes));
    return vertx
        .eventBus()
        .<PushDue>localConsumer(BusAddress.PUSH_DUE, message -> receive(message, lanes))
        .completion();
  }

  /** Pushes that have started end; what has not started may be claimed by others at once. */
  @Override
  public Future<?> stop() {
    Running stopping = running;
    running = null;
    if (stopping == null) {
      return Future.succeededFuture();
    }
    stopping.lanes.stop();
    return allIdle(stopping.lanes)
        .timeout(STOP_LIMIT_MS, TimeUnit.MILLISECONDS)
        .eventually(() -> stopping.http.close());
  }

  private Future<Void> allIdle(PushLanes lanes) {
    return lanes.isIdle() ? lanes.written() : vertx.timer(50).compose(again -> allIdle(lanes));
  }

  private void receive(Message<PushDue> message, PushLanes lanes) {
    lanes.wake(message.body().tenant()).onFailure(this::databaseFailed);
  }

  private void look(PushLanes lanes) {
    if (looking || running == null) {
      return;
    }
    looking = true;
    lanes
        .look()
        .onSuccess(done -> databaseAnswered())
        .onFailure(this::databaseFailed)
        .onComplete(done -> looking = false);
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
