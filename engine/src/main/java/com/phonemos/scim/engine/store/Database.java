package com.phonemos.scim.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
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

  /**
   * For sessions whose statements all look rows up by key: a plan made while a table was small must
   * not scan it when it has grown.
   */
  public static final Map<String, String> BY_KEY_ONLY =
      Map.of("enable_seqscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off");

  private final Pool pool;

  private Database(Pool pool) {
    this.pool = pool;
  }

  /** As {@link #open(Vertx, String, String, int, Map)} with PostgreSQL's own settings. */
  public static Database open(Vertx vertx, String uri, int size) {
    return open(vertx, uri, "shared", size, Map.of());
  }

  /**
   * Opens a pool; connections are made when needed, so this succeeds while PostgreSQL is away.
   *
   * @param uri {@code postgresql://user:password@host:port/database}
   * @param name in metrics
   * @param size connections at most
   * @param settings of every session, which come before those of this class
   */
  public static Database open(
      Vertx vertx, String uri, String name, int size, Map<String, String> settings) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(uri)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(256)
            .setPipeliningLimit(64);
    return open(vertx, options, name, size, settings);
  }

  /**
   * As {@link #open(Vertx, String, String, int, Map)}, but PostgreSQL plans every statement anew
   * for its values: of use where the best plan depends on them.
   */
  static Database openUnprepared(
      Vertx vertx, String uri, String name, int size, Map<String, String> settings) {
    return open(vertx, PgConnectOptions.fromUri(uri), name, size, settings);
  }

  private static Database open(
      Vertx vertx, PgConnectOptions options, String name, int size, Map<String, String> settings) {
    Map<String, String> session = new HashMap<>();
    session.put("application_name", "phonemos-scim");
    session.put("jit", "off"); // Statements are short; compiling them costs more than running them.
    session.put("lock_timeout", LOCK_TIMEOUT_MS);
    session.put("statement_timeout", STATEMENT_TIMEOUT_MS);
    session.put("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT_MS);
    session.putAll(settings);
    options.setProperties(session);
    PoolOptions poolOptions =
        new PoolOptions()
            .setName(name)
            .setMaxSize(size)
            .setConnectionTimeout(5)
            .setMaxWaitQueueSize(10_000);
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
