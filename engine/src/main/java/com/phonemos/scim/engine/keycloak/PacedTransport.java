package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * For long reads beside everything else that Keycloak has to do: one call at a time, and after each
 * a rest as long as its answer took. So a busy Keycloak is read more slowly. For use on one event
 * loop.
 */
final class PacedTransport implements KeycloakTransport {
  private static final long LONGEST_REST_MS = 5_000;

  private final KeycloakTransport transport;
  private final Timers timers;
  private final LongSupplier nanoTime;
  private Future<Void> rested = Future.succeededFuture();

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  PacedTransport(KeycloakTransport transport, Timers timers, LongSupplier nanoTime) {
    this.transport = transport;
    this.timers = timers;
    this.nanoTime = nanoTime;
  }

  @Override
  public Future<Exchange> exchange(
      HttpMethod method, String address, MultiMap headers, Optional<Buffer> body) {
    Promise<Void> rest = Promise.promise();
    Future<Void> turn = rested;
    rested = rest.future();
    return turn.compose(start -> {
      long startedAt = nanoTime.getAsLong();
      return transport
          .exchange(method, address, headers, body)
          .onComplete(
              answered -> timers.after(restMs(nanoTime.getAsLong() - startedAt), rest::complete));
    });
  }

  private static long restMs(long tookNanos) {
    return Math.clamp(Duration.ofNanos(tookNanos).toMillis(), 1, LONGEST_REST_MS);
  }
}
