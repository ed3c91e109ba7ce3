package com.phonemos.scim.engine.ops;

import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Fleet;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health, metrics and the door for operators, on a port that clients do not reach.
 *
 * <ul>
 *   <li>{@code /livez}: 200 while the process turns its event loops; says nothing about PostgreSQL.
 *   <li>{@code /startupz}: 200 once the engine has served, also while it drains; before, 503.
 *   <li>{@code /readyz}: 200 when requests are welcome: serving, and PostgreSQL answers. Otherwise
 *       503. Keycloak never makes it 503: changes are kept due.
 *   <li>{@code /metrics}: for Prometheus; see {@link Meters}.
 * </ul>
 */
public final class OpsVerticle extends VerticleBase {
  /** Where operators come in. */
  public static final String OPERATORS = "/_api/admin/";

  private static final Logger LOG = LoggerFactory.getLogger(OpsVerticle.class);

  private static final long PING_TIMEOUT_MS = 2_000;
  private static final long STATISTICS_INTERVAL_MS = 10_000;

  private final int port;
  private final Supplier<Phase> phase;
  private final Meters meters;
  private final Database database;
  private final DueList due;
  private final Tenants tenants;
  private final Fleet fleet;
  private final Handler<HttpServerRequest> operators;
  private final ExpiryNotices notices = new ExpiryNotices();
  private Optional<HttpServer> server = Optional.empty();
  private DueList.Statistics statistics = DueList.Statistics.NONE;
  private int tenantsWithKeycloak;

  /**
   * Health and metrics.
   *
   * @param operators answers what begins with {@link #OPERATORS}
   */
  public OpsVerticle(
      int port,
      Supplier<Phase> phase,
      Meters meters,
      Database database,
      DueList due,
      Tenants tenants,
      Fleet fleet,
      Handler<HttpServerRequest> operators) {
    this.port = port;
    this.phase = phase;
    this.meters = meters;
    this.database = database;
    this.due = due;
    this.tenants = tenants;
    this.fleet = fleet;
    this.operators = operators;
  }

  @Override
  public Future<?> start() {
    HttpServer created =
        vertx
            .createHttpServer(
                // An upgrade to HTTP/2 without TLS fails clients whose answer is ready too early.
                new HttpServerOptions().setPort(port).setHttp2ClearTextEnabled(false))
            .requestHandler(this::answer);
    server = Optional.of(created);
    return created
        .listen()
        .onSuccess(listening -> {
          observe();
          vertx.setPeriodic(STATISTICS_INTERVAL_MS, tick -> observe());
        });
  }

  @Override
  public Future<?> stop() {
    return server.<Future<?>>map(HttpServer::close).orElseGet(Future::succeededFuture);
  }

  /** Where it listens: the configured port, or the one that was free. */
  public int actualPort() {
    return server.map(HttpServer::actualPort).orElse(port);
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/livez" -> request.response().end("ok\n");
      case "/startupz" -> {
        boolean started = phase.get() != Phase.STARTING;
        request.response().setStatusCode(started ? 200 : 503).end(started ? "ok\n" : "starting\n");
      }
      case "/readyz" -> readiness().onSuccess(json -> answer(request, json));
      case "/metrics" ->
          vertx
              .executeBlocking(meters::scrape, false)
              .onSuccess(text ->
                  request
                      .response()
                      .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                      .end(text))
              .onFailure(failure -> request.response().setStatusCode(500).end());
      case String path when path.startsWith(OPERATORS) -> operators.handle(request);
      case null, default ->
          request
              .response()
              .setStatusCode(404)
              .end("Expected /livez, /readyz, /startupz, /metrics or /_api/admin/v1\n");
    }
  }

  private static void answer(HttpServerRequest request, JsonObject readiness) {
    request
        .response()
        .setStatusCode(readiness.getString("status").equals("ready") ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(readiness.encodePrettily() + "\n");
  }

  private Future<JsonObject> readiness() {
    return database
        .ping()
        .timeout(PING_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .map(true)
        .otherwise(false)
        .map(this::readiness);
  }

  private JsonObject readiness(boolean databaseAnswers) {
    Phase now = phase.get();
    boolean ready = now == Phase.SERVING && databaseAnswers;
    meters.ready(ready);
    return new JsonObject()
        .put("status", ready ? "ready" : "not ready")
        .put("phase", now.name())
        .put("database", databaseAnswers ? "up" : "down")
        .put(
            "keycloak",
            tenantsWithKeycloak == 0
                ? "no tenant has one; changes are kept due"
                : tenantsWithKeycloak + " tenants are pushed")
        .put("due", statistics.waiting())
        .put("oldestDueSeconds", statistics.oldest().toSeconds())
        .put("givenUp", statistics.givenUp());
  }

  private void observe() {
    readiness(); // Where nobody asks for it, the metric tells all the same.
    due.statistics()
        .onSuccess(found -> {
          statistics = found;
          meters.outbox(true, found.losses().count(), found.losses().oldest());
          meters.outbox(false, found.others().count(), found.others().oldest());
          meters.givenUp(found.givenUp());
          meters.guardHeld(found.held());
        })
        .compose(found -> tenants.withTarget())
        .onSuccess(targets -> tenantsWithKeycloak = targets.size())
        .compose(targets -> fleet.glance(TenantGauges.MOST))
        .onSuccess(glance -> {
          meters.fleet(glance);
          warnOfExpiry(glance);
        })
        .onFailure(failure ->
            LOG.atWarn()
                .addKeyValue("cause", failure.toString())
                .log("Tenants not looked at: PostgreSQL does not answer"));
  }

  private void warnOfExpiry(Fleet.Glance glance) {
    for (ExpiryNotices.Notice notice : notices.due(glance.expiring(), Instant.now())) {
      LOG.atWarn()
          .addKeyValue("tenant", notice.token().slug())
          .addKeyValue("token", notice.token().token())
          .addKeyValue("expires", notice.token().expires())
          .log(
              notice.days() == 0
                  ? "A token has expired: its identity provider is refused"
                  : "A token expires within days: {}",
              notice.days());
    }
  }
}
