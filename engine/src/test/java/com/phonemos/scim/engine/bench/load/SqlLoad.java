package com.phonemos.scim.engine.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A plain client of PostgreSQL: a pool, cached prepared statements, one event loop. Each of its
 * clients takes a connection for one piece of work at a time and waits for it.
 */
final class SqlLoad implements AutoCloseable {
  private static final int CACHED_STATEMENTS = 64;
  private static final long GRACE_MILLIS = 60_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  /**
   * Runs a step.
   *
   * @throws Exception whatever the database refuses
   */
  Measurement run(Step step, Workload.Sql workload) throws Exception {
    Pool pool =
        PgBuilder.pool()
            .connectingTo(
                PgConnectOptions.fromUri(workload.database())
                    .setCachePreparedStatements(true)
                    .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS))
            .with(new PoolOptions().setMaxSize(Math.min(workload.pool(), step.clients())))
            .using(vertx)
            .build();
    try {
      connect(pool, Math.min(workload.pool(), step.clients())).await(1, TimeUnit.MINUTES);
      Run run = new Run(step, pool, SqlWork.of(workload));
      vertx.runOnContext(start -> run.start(step.clients()));
      return run.done
          .future()
          .await(step.warmUpMillis() + step.millis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } finally {
      pool.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** Opens all connections: logging in is not what is measured. */
  private static Future<?> connect(Pool pool, int size) {
    List<Future<SqlConnection>> opened = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      opened.add(pool.getConnection());
    }
    return Future.all(opened)
        .compose(all -> Future.all(opened.stream().map(one -> one.result().close()).toList()));
  }

  @Override
  public void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** One step, on the event loop. */
  private static final class Run {
    private final Pool pool;
    private final SqlWork work;
    private final Samples samples;
    private final Promise<Measurement> done = Promise.promise();
    private Optional<Throwable> failure = Optional.empty();
    private int busy;

    Run(Step step, Pool pool, SqlWork work) {
      this.pool = pool;
      this.work = work;
      this.samples = new Samples(step);
    }

    void start(int clients) {
      for (int client = 0; client < clients; client++) {
        next();
      }
    }

    private void next() {
      busy++;
      long sent = System.nanoTime();
      pool.withConnection(connection -> work.run(connection))
          .onComplete(outcome -> {
            long now = System.nanoTime();
            busy--;
            if (outcome.failed()) {
              failure = failure.or(() -> Optional.of(outcome.cause()));
            } else {
              samples.add(sent, now);
            }
            if (failure.isEmpty() && !samples.over(now)) {
              next();
            } else if (busy == 0) {
              finish();
            }
          });
    }

    private void finish() {
      failure
          .<Future<Measurement>>map(Future::failedFuture)
          .orElseGet(() -> Future.succeededFuture().map(end -> samples.measurement()))
          .onComplete(done);
    }
  }
}
