package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.bus.RecordCodec;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A database with tenants, and the push between it and some Keycloak. */
final class PushWorld implements AutoCloseable {
  static final Duration CONVERGENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final String databaseUri = TestPostgres.createDatabase();
  private final Database database = Database.open(vertx, databaseUri, 8);
  private final Tenants tenants = new Tenants(database, SecretBox.withKey(new byte[32]));
  private final List<TenantRows> opened = new ArrayList<>();
  private Optional<String> deployment = Optional.empty();

  PushWorld() {
    RecordCodec.register(vertx.eventBus());
  }

  TenantRows tenant(String slug, KeycloakTarget target) {
    Optional<TenantId> id = get(tenants.create(slug, Optional.of(target)));
    TenantRows rows = new TenantRows(databaseUri, id.orElseThrow());
    opened.add(rows);
    return rows;
  }

  Vertx vertx() {
    return vertx;
  }

  Tenants tenants() {
    return tenants;
  }

  Database database() {
    return database;
  }

  void startPush() {
    deployment =
        Optional.of(
            get(
                vertx.deployVerticle(
                    new KeycloakPushVerticle(
                        database, tenants, PushRecorder.NONE, 8, EgressPolicy.LOCAL))));
  }

  /** Looks for what others change in Keycloak. */
  void startDrift(DriftVerticle.Pace pace) {
    get(
        vertx.deployVerticle(
            new DriftVerticle(database, tenants, DriftRecorder.NONE, pace, EgressPolicy.LOCAL)));
  }

  void stopPush() {
    deployment.ifPresent(id -> get(vertx.undeploy(id)));
    deployment = Optional.empty();
  }

  /** Waits until nothing is due, but for what was given up. */
  void awaitSettled(TenantRows rows) {
    await().atMost(CONVERGENCE).untilAsserted(() -> assertThat(rows.due()).isZero());
  }

  @Override
  public void close() {
    stopPush();
    opened.forEach(TenantRows::close);
    get(database.close());
    get(vertx.close());
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
