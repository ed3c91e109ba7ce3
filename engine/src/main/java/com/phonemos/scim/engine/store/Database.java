package com.phonemos.scim.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/**
 * The PostgreSQL database (17 or newer) behind every store. Stores are built on it; nothing else
 * sees its pool.
 */
public final class Database {
  /** What a statement may take where nobody decided otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** What waits longer for a row's lock than this is tried again. */
  private static final long LOCK_TIMEOUT_MS = 3_000;

  /** A process that stalls inside a transaction must not hold its tenants' locks for ever. */
  private static final String IDLE_IN_TRANSACTION_TIMEOUT_MS = "5000";

  /**
   * For sessions whose statements all look rows up by key: a plan made while a table was small must
   * not scan it when it has grown. Their plans do not depend on the values, so none is made twice:
   * PostgreSQL would plan each batch anew where the first ones happened to be small.
   */
  public static final Map<String, String> BY_KEY_ONLY =
      Map.of(
          "enable_seqscan", "off",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off",
          "plan_cache_mode", "force_generic_plan");

  /**
   * In characters: longer statements are planned each time they run, which takes ten times as long
   * as running them. A look-up over both resource types has 5,000; the client's default is 2,048.
   */
  private static final int PREPARED_LENGTH = 16_384;

  private final Pool pool;

  private Database(Pool pool) {
    this.pool = pool;
  }

  /** With the name {@code shared}, the default timeout and PostgreSQL's own settings. */
  public static Database open(Vertx vertx, String uri, int size) {
    return open(vertx, uri, "shared", size, TIMEOUT, Map.of());
  }

  /**
   * Opens a pool; connections are made when needed, so this succeeds while PostgreSQL is away.
   *
   * @param uri {@code postgresql://user:password@host:port/database}
   * @param name in metrics
   * @param size connections at most
   * @param timeout after which PostgreSQL cancels a statement; a server that says nothing at all is
   *     given up after {@link #silence}
   * @param settings of every session, which come before those of this class
   */
  public static Database open(
      Vertx vertx,
      String uri,
      String name,
      int size,
      Duration timeout,
      Map<String, String> settings) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(uri)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(256)
            .setPreparedStatementCacheSqlLimit(PREPARED_LENGTH)
            .setPipeliningLimit(64);
    return open(vertx, options, name, size, timeout, settings);
  }

  /**
   * As {@link #open(Vertx, String, String, int, Duration, Map)}, but PostgreSQL plans every
   * statement anew for its values: of use where the best plan depends on them.
   */
  static Database openUnprepared(
      Vertx vertx,
      String uri,
      String name,
      int size,
      Duration timeout,
      Map<String, String> settings) {
    return open(vertx, PgConnectOptions.fromUri(uri), name, size, timeout, settings);
  }

  private static Database open(
      Vertx vertx,
      PgConnectOptions options,
      String name,
      int size,
      Duration timeout,
      Map<String, String> settings) {
    Map<String, String> session = new HashMap<>();
    session.put("application_name", "phonemos-scim");
    session.put("jit", "off"); // Statements are short; compiling them costs more than running them.
    session.put("lock_timeout", Long.toString(Math.min(LOCK_TIMEOUT_MS, timeout.toMillis())));
    session.put("statement_timeout", Long.toString(timeout.toMillis()));
    session.put("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT_MS);
    session.putAll(settings);
    options.setProperties(session);
    PoolOptions poolOptions =
        new PoolOptions()
            .setName(name)
            .setMaxSize(size)
            // In seconds, for one to become free: a burst is waited for, as a slow statement is.
            .setConnectionTimeout(Math.toIntExact(timeout.toSeconds()))
            // Long before their silence could be taken for the server's.
            .setIdleTimeout(Math.toIntExact(timeout.toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxWaitQueueSize(10_000);
    NetClientOptions netOptions =
        new NetClientOptions()
            .setConnectTimeout(5_000)
            .setReadIdleTimeout(Math.toIntExact(silence(timeout).toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return new Database(
        PgBuilder.pool()
            .connectingTo(options)
            .with(poolOptions)
            .with(netOptions)
            .using(vertx)
            .build());
  }

  /**
   * After how long a connection is dropped from which nothing comes: an idle one is let go before
   * the timeout and some, and what it is then used for has the timeout itself.
   */
  public static Duration silence(Duration timeout) {
    return timeout.multipliedBy(2).plusSeconds(2);
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
