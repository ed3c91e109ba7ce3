package com.phonemos.scim.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections: how many there are, and which of them wait for a request that does not
 * come. Time runs per connection, not per byte, so that a client that sends a byte a second gains
 * nothing by it.
 *
 * <p>Not shared: one instance per event loop.
 */
final class Connections {
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final HttpLimits.Traffic limits;
  private final Map<HttpConnection, Waiting> open = new HashMap<>();
  private boolean draining;

  /** A connection between requests. */
  private static final class Waiting {
    private int underWay;
    private long until;
  }

  Connections(Vertx vertx, HttpLimits.Traffic limits) {
    this.vertx = vertx;
    this.limits = limits;
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  void opened(HttpConnection connection) {
    if (open.size() >= limits.connections()) {
      connection.close();
      return;
    }
    Waiting waiting = new Waiting();
    waiting.until = System.nanoTime() + limits.headers().toNanos();
    open.put(connection, waiting);
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** Counts a request in until it is answered. */
  void serve(RoutingContext context) {
    Waiting waiting = open.get(context.request().connection());
    if (waiting != null) {
      waiting.underWay++;
      context.addEndHandler(done -> {
        waiting.underWay--;
        waiting.until = System.nanoTime() + limits.idle().toNanos();
      });
    }
    if (draining) {
      UnreadBody.lastAnswer(context);
    }
    context.next();
  }

  /**
   * From now on each answer ends its connection.
   *
   * @return completed when none is open any more, or after {@code patience}
   */
  Future<Void> drain(Duration patience) {
    draining = true;
    Promise<Void> drained = Promise.promise();
    long until = System.nanoTime() + patience.toNanos();
    vertx.setPeriodic(
        1,
        50,
        timer -> {
          if (open.isEmpty() || System.nanoTime() - until >= 0) {
            vertx.cancelTimer(timer);
            drained.complete();
          }
        });
    return drained.future();
  }

  private void sweep() {
    long now = System.nanoTime();
    List<HttpConnection> late = new ArrayList<>();
    open.forEach((connection, waiting) -> {
      if (waiting.underWay == 0 && now - waiting.until > 0) {
        late.add(connection);
      }
    });
    // Closing takes the connection out of the map.
    late.forEach(HttpConnection::close);
  }
}
