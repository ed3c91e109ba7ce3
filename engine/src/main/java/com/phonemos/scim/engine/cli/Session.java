package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Erasures;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.RequestLog;
import com.phonemos.scim.engine.store.StoreFailure;
import com.phonemos.scim.engine.store.TenantSettings;
import com.phonemos.scim.engine.store.Tenants;
import com.phonemos.scim.engine.store.Tokens;
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
  private final Tenants tenants;

  private Session(EngineConfig config, Optional<EmbeddedPostgres> embedded) {
    this.embedded = embedded;
    String uri = embedded.map(EmbeddedPostgres::uri).or(config::databaseUrl).orElseThrow();
    Database.migrate(uri);
    this.vertx = Vertx.vertx();
    this.database = Database.open(vertx, uri, 1);
    try {
      this.tenants = new Tenants(database, config.secretBox());
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

  Tenants tenants() {
    return tenants;
  }

  Tokens tokens() {
    return new Tokens(database);
  }

  TenantSettings settings() {
    return new TenantSettings(database);
  }

  RequestLog requests() {
    return new RequestLog(database);
  }

  Dossier dossier() {
    return new Dossier(database);
  }

  AccessGuard guard() {
    return new AccessGuard(database);
  }

  Erasures erasures() {
    return new Erasures(database);
  }

  KeycloakLinks links() {
    return new KeycloakLinks(database);
  }

  DueList due() {
    return new DueList(database);
  }

  /** The tenant's id, or the refusal that there is none. */
  TenantId tenant(String slug) {
    return await(tenants.find(slug))
        .orElseThrow(() ->
            new CommandException(
                ExitCode.REFUSED,
                "Expected a tenant, but there is none with slug "
                    + slug
                    + "; see phonemos-scim tenant list"))
        .id();
  }

  <T> T await(Future<T> future) {
    try {
      return future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException failure) {
      if (StoreFailure.of(failure) == StoreFailure.REFUSED) {
        throw failure;
      }
      throw unavailable(failure);
    } catch (Exception failure) { // a future fails with checked exceptions too
      throw unavailable(failure);
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
