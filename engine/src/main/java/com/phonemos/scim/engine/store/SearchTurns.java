package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Keeps one tenant's searches from taking all connections: beyond its share they wait for each
 * other, not before everybody else. As safe for threads as the connections that it hands out: each
 * search continues on the context that asked for it.
 */
final class SearchTurns {
  private final Vertx vertx;
  private final int share;
  private final Duration patience;
  private final Map<TenantId, Line> lines = new HashMap<>();

  /** The searches of one tenant. */
  private static final class Line {
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
  }

  /** A search whose turn has not come. */
  private record Waiting(Context context, Promise<Void> turn) {
    void begin() {
      context.runOnContext(run -> turn.tryComplete());
    }
  }

  /**
   * @param share searches of one tenant at a time
   * @param patience how long one waits for its turn
   */
  SearchTurns(Vertx vertx, int share, Duration patience) {
    this.vertx = vertx;
    this.share = share;
    this.patience = patience;
  }

  /** Runs a search when it is its turn; fails with 429 when that does not come in time. */
  <T> Future<T> take(TenantId tenant, Supplier<Future<T>> search) {
    return turn(tenant).compose(begun -> search.get().onComplete(done -> leave(tenant)));
  }

  private Future<Void> turn(TenantId tenant) {
    Waiting waiting = new Waiting(vertx.getOrCreateContext(), Promise.promise());
    synchronized (lines) {
      Line line = lines.computeIfAbsent(tenant, first -> new Line());
      if (line.underWay < share) {
        line.underWay++;
        return Future.succeededFuture();
      }
      line.waiting.add(waiting);
    }
    long timer = vertx.setTimer(patience.toMillis(), late -> giveUp(tenant, waiting));
    return waiting.turn().future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Nothing to do where its turn came at the last moment. */
  private void giveUp(TenantId tenant, Waiting waiting) {
    boolean waited;
    synchronized (lines) {
      waited =
          Optional.ofNullable(lines.get(tenant))
              .filter(line -> line.waiting.remove(waiting))
              .isPresent();
    }
    if (waited) {
      waiting.turn().fail(new ScimException(tooMany()));
    }
  }

  private void leave(TenantId tenant) {
    Optional<Waiting> next = Optional.empty();
    synchronized (lines) {
      Line line = lines.get(tenant);
      if (line != null) {
        next = Optional.ofNullable(line.waiting.poll());
        if (next.isEmpty() && --line.underWay == 0) {
          lines.remove(tenant);
        }
      }
    }
    next.ifPresent(Waiting::begin);
  }

  private ScimError tooMany() {
    return ScimError.of(
        429,
        "Expected at most "
            + share
            + " searches of this tenant at a time that no index serves, but others took longer than"
            + " "
            + patience.toMillis()
            + " ms");
  }
}
