package com.phonemos.scim.engine.ops;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Tells how late its event loop is: by how much a timer that should fire every 100 ms fires later.
 * Whoever blocks a loop, or is starved of processor time, shows here first. Deploy one instance per
 * event loop.
 */
public final class EventLoopProbe extends VerticleBase {
  private static final long INTERVAL_MS = 100;

  private final LongConsumer delayNanos;
  private long expected;

  /**
   * @param delayNanos takes each delay; called on several event loops at a time
   */
  public EventLoopProbe(LongConsumer delayNanos) {
    this.delayNanos = delayNanos;
  }

  @Override
  public Future<?> start() {
    next();
    return Future.succeededFuture();
  }

  private void next() {
    expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS);
    vertx.setTimer(
        INTERVAL_MS,
        fired -> {
          delayNanos.accept(Math.max(0, System.nanoTime() - expected));
          next();
        });
  }
}
