package com.phonemos.scim.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * The PostgreSQL database (17 or newer) behind every store. Stores are built on it; nothing else
 * sees its pool.
 */
public final class Database {
  /** A batch that waits longer for a row's lock than this is put back into its mailbox. */
  private static final String LOCK_TIMEOUT_MS = "3000";

  private static final String STATEMENT_TIMEOUT_MS = "15000";

  /** A process that stalls inside a transaction must not hold its tenants' locks for ever. */
  private static final String IDLE_IN_TRANSACTION_TIMEOUT_MS = "5000";

  private final Pool pool;

  private Database(Pool pool) {
    this.pool = pool;
  }

  /**
   * Opens a pool; connections are made when needed, so this succeeds while PostgreSQL is away.
   *
   * @param uri {@code postgresql://user:password@host:port/database}
   * @param size connections at most
   */
  public static Database open(Vertx vertx, String uri, int size) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(uri)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(256)
            .setPipeliningLimit(64);
    options.setProperties(
        Map.of(
            "application_name", "phonemos-scim",
            "lock_timeout", LOCK_TIMEOUT_MS,
            "statement_timeout", STATEMENT_TIMEOUT_MS,
            "idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT_MS));
    PoolOptions poolOptions =
        new PoolOptions().setMaxSize(size).setConnectionTimeout(5).setMaxWaitQueueSize(10_000);
    return new Database(
        PgBuilder.pool()
            .connectingTo(options)
            .with(poolOptions)
            .with(new NetClientOptions().setConnectTimeout(5_000))
            .using(vertx)
            .build());
  }

  /**
   * Brings the schema up to date, under a lock that makes concurrent starts wait for each other.
   * Blocks: call it before the first verticle is deployed.
   *
   * @throws org.flywaydb.core.api.FlywayException when the database is newer than this program, or
   *     away
   */
  public static void migrate(String uri) {
    JdbcAddress address = JdbcAddress.of(uri);
    Flyway.configure()
        .dataSource(address.url(), address.user(), address.password())
        .locations("classpath:db")
        .validateMigrationNaming(true)
        .load()
        .migrate();
  }

  Pool pool() {
    return pool;
  }

  /** Succeeds when PostgreSQL answers. */
  public Future<Void> ping() {
    return pool.query("SELECT 1").execute().mapEmpty();
  }

  public Future<Void> close() {
    return pool.close();
  }
}
