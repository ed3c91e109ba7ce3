package com.phonemos.scim.engine;

import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.RecordingVerticle;
import com.phonemos.scim.engine.admin.RequestLogVerticle;
import com.phonemos.scim.engine.admin.api.AdminApi;
import com.phonemos.scim.engine.bus.RecordCodec;
import com.phonemos.scim.engine.http.HttpVerticle;
import com.phonemos.scim.engine.keycloak.DriftVerticle;
import com.phonemos.scim.engine.keycloak.KeycloakPushVerticle;
import com.phonemos.scim.engine.ops.EventLoopProbe;
import com.phonemos.scim.engine.ops.MeasuredVertx;
import com.phonemos.scim.engine.ops.Meters;
import com.phonemos.scim.engine.ops.OpsVerticle;
import com.phonemos.scim.engine.ops.Phase;
import com.phonemos.scim.engine.store.BatchStore;
import com.phonemos.scim.engine.store.ChangeFeed;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Fleet;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.Recordings;
import com.phonemos.scim.engine.store.RequestLog;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tenants;
import com.phonemos.scim.engine.store.Tokens;
import com.phonemos.scim.engine.store.Undelivered;
import com.phonemos.scim.engine.store.Webhooks;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres;
import com.phonemos.scim.engine.tenant.MutationVerticle;
import com.phonemos.scim.engine.webhook.WebhookVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running engine: the only place that builds the verticles and knows them all.
 *
 * <p>Whatever takes requests is deployed last and undeployed first, so that a stop finishes what
 * was accepted: HTTP, then the mutation shards with their batches, then the push with its claims.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** For what has nothing left to finish. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final EngineConfig config;
  private final Optional<EmbeddedPostgres> embedded;
  private final Vertx vertx;
  private final Databases databases;
  private final Database database;
  private final Tenants tenants;
  private final WebhookVerticle webhooks;
  private final Meters meters;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Clock clock = Clock.systemUTC();
  private final OpsVerticle ops;
  private final HttpVerticle http;
  private volatile Phase phase = Phase.STARTING;

  private Engine(
      EngineConfig config,
      Optional<EmbeddedPostgres> embedded,
      Vertx vertx,
      Databases databases,
      SecretBox secrets,
      Meters meters) {
    this.config = config;
    this.meters = meters;
    this.embedded = embedded;
    this.vertx = vertx;
    this.databases = databases;
    this.database = databases.shared();
    this.tenants = new Tenants(database, secrets);
    this.webhooks =
        new WebhookVerticle(
            new Webhooks(database, secrets), new ChangeFeed(databases.reads()), config.egress());
    this.http = http(config, databases, secrets, clock, meters);
    this.ops =
        new OpsVerticle(
            config.opsPort(),
            () -> phase,
            meters,
            database,
            new DueList(database),
            tenants,
            new Fleet(database),
            AdminApi.handler(
                vertx,
                Administration.of(vertx, database, tenants, config.egress()),
                config.operatorToken()));
  }

  /**
   * Brings the database up to date and serves. Blocks until requests are welcome.
   *
   * @throws com.phonemos.scim.engine.store.embedded.EmbeddedPostgresException when the embedded
   *     PostgreSQL cannot run here
   * @throws EngineStartException when a verticle does not start, say because its port is taken
   * @throws org.flywaydb.core.api.FlywayException when the database is away, or newer than this
   *     program
   */
  public static Engine start(EngineConfig config) {
    // What costs time is loading classes: it goes on while PostgreSQL starts and migrates.
    CompletableFuture<Meters> loadingMeters = CompletableFuture.supplyAsync(Meters::new);
    CompletableFuture<Vertx> loadingVertx = loadingMeters.thenApply(MeasuredVertx::create);
    Optional<EmbeddedPostgres> embedded = Optional.empty();
    try {
      if (config.databaseUrl().isEmpty()) {
        embedded = Optional.of(EmbeddedPostgres.start(config.dataDir()));
      }
      String uri = embedded.map(EmbeddedPostgres::uri).or(config::databaseUrl).orElseThrow();
      Vertx vertx = loadingVertx.join();
      Databases databases = Databases.open(vertx, uri, config.limits());
      Future<Void> connected = databases.shared().ping();
      Database.migrate(uri);
      startWithin(config.limits().deadline(), connected);
      RecordCodec.register(vertx.eventBus());
      Engine engine =
          new Engine(config, embedded, vertx, databases, config.secretBox(), loadingMeters.join());
      engine.serve();
      return engine;
    } catch (IOException failure) {
      giveUp(loadingVertx, embedded);
      throw new UncheckedIOException(failure);
    } catch (RuntimeException | Error failure) {
      giveUp(loadingVertx, embedded);
      throw failure;
    }
  }

  private static void giveUp(CompletableFuture<Vertx> vertx, Optional<EmbeddedPostgres> embedded) {
    stopWithin(CLOSE, vertx.join().close());
    embedded.ifPresent(EmbeddedPostgres::close);
  }

  private void serve() {
    startWithin(config.limits().deadline(), deployAll());
    phase = Phase.SERVING;
    LOG.atInfo().addKeyValue("metrics", "http://localhost:" + opsPort() + "/metrics").log("Ready");
    tenants
        .withTarget()
        .onSuccess(targets -> {
          if (targets.isEmpty()) {
            LOG.atInfo().log("No tenant has a Keycloak yet: changes are kept due");
          }
        })
        .onFailure(failure -> LOG.atWarn().setCause(failure).log("Tenants not read"));
  }

  /** Of the SCIM endpoint, also when any free one was asked for. */
  public int httpPort() {
    return http.port();
  }

  /** Of the operations port, also when any free one was asked for. */
  public int opsPort() {
    return ops.actualPort();
  }

  /**
   * Drains and stops: no new requests, then what was accepted is finished. Blocks, within the
   * configured bound. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    LOG.atInfo().log("Draining");
    phase = Phase.DRAINING;
    stopWithin(config.limits().drain(), undeployAll());
    stopWithin(CLOSE, databases.close());
    stopWithin(CLOSE, vertx.close());
    meters.close();
    embedded.ifPresent(EmbeddedPostgres::close);
    LOG.atInfo().log("Stopped");
  }

  /** In this order; see the class comment. */
  private Future<?> deployAll() {
    Future<?> deployed =
        deploy(ops)
            .compose(before ->
                deploy(
                    new KeycloakPushVerticle(
                        database,
                        tenants,
                        Recorders.push(meters),
                        config.limits().pushConcurrency(),
                        config.egress())))
            .compose(before ->
                deploy(
                    new DriftVerticle(
                        database,
                        tenants,
                        Recorders.drift(meters),
                        config.limits().drift(),
                        config.egress())))
            .compose(before -> deploy(webhooks));
    for (int shard = 0; shard < config.limits().shards(); shard++) {
      int number = shard;
      deployed = deployed.compose(before -> deploy(mutations(number)));
    }
    return deployed
        .compose(before ->
            deploy(new RequestLogVerticle(new RequestLog(database), config.limits().requestLog())))
        .compose(before -> deploy(new RecordingVerticle(new Recordings(database))))
        .compose(before -> deploy(http))
        .compose(before -> deployProbes());
  }

  private Future<?> deployProbes() {
    DeploymentOptions onEachLoop =
        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
    return vertx
        .deployVerticle(() -> new EventLoopProbe(meters::eventLoopDelay), onEachLoop)
        .onSuccess(deployments::add);
  }

  private Future<?> deploy(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployments::add);
  }

  private MutationVerticle mutations(int shard) {
    EngineConfig.Limits limits = config.limits();
    return new MutationVerticle(
        shard,
        new BatchStore(databases.batches()),
        clock,
        new MutationVerticle.Limits(limits.mailbox(), limits.batch(), limits.deadline()),
        Recorders.mutations(meters));
  }

  private static HttpVerticle http(
      EngineConfig config, Databases databases, SecretBox secrets, Clock clock, Meters meters) {
    return new HttpVerticle(
        config.endpoint(),
        databases.reads(),
        secrets,
        new Undelivered(databases.shared()),
        new Tokens(databases.shared()),
        new OAuthClients(databases.shared()),
        clock,
        Recorders.http(meters));
  }

  /** The last deployed first; one that fails to stop does not keep the others from stopping. */
  private Future<Void> undeployAll() {
    Future<Void> done = Future.succeededFuture();
    for (String deployment : deployments.reversed()) {
      done = done.transform(before -> vertx.undeploy(deployment));
    }
    return done;
  }

  private static void startWithin(Duration limit, Future<?> future) {
    try {
      future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception failure) { // a future fails with checked exceptions too
      throw new EngineStartException(failure);
    }
  }

  /** A part that does not stop in time must not keep the others from stopping. */
  private static void stopWithin(Duration limit, Future<?> future) {
    try {
      future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.atWarn()
          .addKeyValue("limit", limit)
          .log("Not stopped in time; what was not answered may be undone");
    } catch (Exception failure) {
      LOG.atError().setCause(failure).log("Not stopped cleanly");
    }
  }
}
