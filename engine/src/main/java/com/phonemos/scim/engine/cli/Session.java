package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.Refusal;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DriftScans;
import com.phonemos.scim.engine.store.SealedSecrets;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.StoreFailure;
import com.phonemos.scim.engine.store.TenantSettings;
import com.phonemos.scim.engine.store.Tenants;
import com.phonemos.scim.engine.store.Webhooks;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The database for the length of one command. Works beside a running engine: the embedded
 * PostgreSQL is shared, and started for the moment when no engine runs.
 */
final class Session implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;

  private final Optional<EmbeddedPostgres> embedded;
  private final Vertx vertx;
  private final Database database;
  private final SecretBox secrets;
  private final EgressPolicy egress;
  private final Tenants tenants;

  private Session(EngineConfig config, Optional<EmbeddedPostgres> embedded) {
    this.embedded = embedded;
    this.egress = config.egress();
    String uri = embedded.map(EmbeddedPostgres::uri).or(config::databaseUrl).orElseThrow();
    Database.migrate(uri);
    this.vertx = Vertx.vertx();
    this.database = Database.open(vertx, uri, 1);
    try {
      this.secrets = config.secretBox();
      this.tenants = new Tenants(database, secrets);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Session open(EngineConfig config) {
    Optional<EmbeddedPostgres> embedded =
        config.databaseUrl().isPresent()
            ? Optional.empty()
            : Optional.of(EmbeddedPostgres.start(config.dataDir()));
    try {
      return new Session(config, embedded);
    } catch (RuntimeException | Error failure) {
      embedded.ifPresent(EmbeddedPostgres::close);
      throw failure;
    }
  }

  Administration administration() {
    return Administration.of(vertx, database, tenants, egress);
  }

  Tenants tenants() {
    return tenants;
  }

  SealedSecrets sealed() {
    return new SealedSecrets(database, secrets);
  }

  Webhooks webhooks() {
    return new Webhooks(database, secrets);
  }

  TenantSettings settings() {
    return new TenantSettings(database);
  }

  Vertx vertx() {
    return vertx;
  }

  Database database() {
    return database;
  }

  DriftFindings findings() {
    return new DriftFindings(database);
  }

  DriftScans scans() {
    return new DriftScans(database);
  }

  /** The tenant's id, or the refusal that there is none. */
  TenantId tenant(String slug) {
    return described(slug).id();
  }

  /** The tenant, or the refusal that there is none. */
  Tenants.Tenant described(String slug) {
    return await(administration().tenants().find(slug));
  }

  <T> T await(Future<T> future) {
    try {
      return future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Refusal refusal) {
      throw new CommandException(
          refusal.kind() == Refusal.Kind.INVALID ? ExitCode.USAGE : ExitCode.REFUSED,
          String.valueOf(refusal.getMessage()));
    } catch (RuntimeException failure) {
      if (StoreFailure.of(failure) == StoreFailure.REFUSED) {
        throw failure;
      }
      throw unavailable(failure);
    } catch (Exception failure) { // a future fails with checked exceptions too
      throw unavailable(failure);
    }
  }

  /** Waits for long work on Keycloak, as long as it takes. */
  <T> T awaitKeycloak(Future<T> future) {
    try {
      return future.await(1, TimeUnit.DAYS);
    } catch (Exception failure) { // a future fails with checked exceptions too
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "Expected to read Keycloak to the end, but: " + failure.getMessage());
    }
  }

  /** Waits until a file is written, as long as it takes. */
  void awaitFile(Future<Void> written) {
    try {
      written.await(1, TimeUnit.DAYS);
    } catch (Exception failure) { // a future fails with checked exceptions too
      throw new CommandException(
          ExitCode.REFUSED,
          "Expected to write a new file to the end, but: " + failure.getMessage());
    }
  }

  private static CommandException unavailable(Throwable cause) {
    return new CommandException(
        ExitCode.UNAVAILABLE, "Expected an answer from PostgreSQL, but: " + cause.getMessage());
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
