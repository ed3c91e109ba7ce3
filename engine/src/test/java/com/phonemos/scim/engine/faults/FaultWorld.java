package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.Holdings;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.KeycloakSide;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimSide;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with one tenant, that tenant's realm, and engines between them. */
public final class FaultWorld implements AutoCloseable {
  private static final Duration CONVERGENCE = Duration.ofSeconds(90);
  private static final AtomicInteger REALMS = new AtomicInteger();

  private final Path folder;
  private final String database;
  private final Rows rows;
  private final List<EngineProcess> engines = new ArrayList<>();

  private FaultWorld(Path folder, String database) {
    this.folder = folder;
    this.database = database;
    this.rows = new Rows(database);
  }

  /** On a fresh database of a PostgreSQL that no engine takes down with it. */
  public static FaultWorld on(Path folder) {
    return new FaultWorld(folder, TestPostgres.createDatabase());
  }

  /** On a migrated database that is always reached at this URI. */
  public static FaultWorld at(String database, Path folder) {
    return new FaultWorld(folder, database);
  }

  /** On the PostgreSQL that its first engine brings along; that engine is ready. */
  static FaultWorld onEmbedded(Path folder) {
    EngineProcess engine =
        EngineProcess.in(folder).with("SECRET_KEY", ScimTenant.secretKey()).quickToStart();
    engine.start().awaitReady();
    try (EmbeddedPostgres joined = EmbeddedPostgres.start(engine.dataDir())) {
      FaultWorld world = new FaultWorld(folder, joined.uri());
      world.engines.add(engine);
      return world;
    }
  }

  EngineProcess firstEngine() {
    return engines.getFirst();
  }

  /** Its URI, without anything between. */
  public String database() {
    return database;
  }

  Rows rows() {
    return rows;
  }

  /** One more engine on the database, not started. */
  public EngineProcess engine() {
    return engineAt(database);
  }

  /** One more engine that reaches the database at another address. */
  EngineProcess engineAt(String databaseUri) {
    try {
      EngineProcess engine =
          EngineProcess.in(Files.createDirectory(folder.resolve("engine-" + engines.size())))
              .with("DATABASE_URL", databaseUri)
              .with("SECRET_KEY", ScimTenant.secretKey())
              .quickToStart();
      engines.add(engine);
      return engine;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A new realm in the Keycloak that all tests share. */
  public static TestRealm realm() {
    return KeycloakServer.shared().createRealm("faults-" + REALMS.incrementAndGet());
  }

  public static KeycloakTarget target(TestRealm realm) {
    return new KeycloakTarget(
        realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET);
  }

  /**
   * A tenant that is reached through an engine; its Keycloak, if any, need not run yet. Faults
   * remove more people than a guard against mistakes would let go.
   */
  public ScimTenant tenant(EngineProcess engine, String slug, Optional<KeycloakTarget> target) {
    ScimTenant tenant = ScimTenant.create(database, base(engine), slug, target);
    rows.update(
        "UPDATE tenant SET policy = policy || '{\"guard\":\"off\"}' WHERE id = ?",
        tenant.id().value());
    return tenant;
  }

  static String base(EngineProcess engine) {
    return engine.scim("/scim/v2").toString();
  }

  /**
   * Kills and starts every engine as if the minute had passed in between for which a dead process
   * has what it claimed. (While one lives, its claims must not be touched.)
   */
  public void restartAfterLeases() {
    engines.forEach(EngineProcess::kill);
    rows.update("UPDATE due SET due_at = now() WHERE due_at < 'infinity'");
    engines.forEach(EngineProcess::start);
    engines.forEach(EngineProcess::awaitReady);
  }

  /** Waits until nothing is due, then compares Keycloak with SCIM by name. */
  public void awaitAgreement(ScimTenant tenant, TestRealm realm) {
    awaitSettled(tenant);
    assertThat(rows.texts("SELECT reason FROM due WHERE tenant_id = ?", tenant.id().value()))
        .as("given up")
        .isEmpty();
    try {
      ScimSide scim = ScimSide.read(endpoint(tenant));
      Holdings keycloak = KeycloakSide.read(realm, scim.userNames());
      assertThat(scim.holdings().differences("Keycloak", keycloak)).isEmpty();
      assertThat(realm.userCount()).as("accounts").isEqualTo(scim.holdings().users());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits until nothing is due, but for what was given up. */
  void awaitSettled(ScimTenant tenant) {
    await()
        .atMost(CONVERGENCE)
        .untilAsserted(() ->
            assertThat(
                    rows.texts(
                        "SELECT concat_ws(' ', kind, id, reason) FROM due"
                            + " WHERE tenant_id = ? AND due_at < 'infinity'",
                        tenant.id().value()))
                .as("due")
                .isEmpty());
  }

  public static Endpoint endpoint(ScimTenant tenant) {
    return Endpoint.of(URI.create(tenant.base()), tenant.token());
  }

  @Override
  public void close() {
    engines.forEach(EngineProcess::close);
  }
}
