package com.phonemos.scim.engine.keycloak;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many calls a Keycloak takes at a time: one more after each round that went well, half of it
 * when Keycloak fails, a little less when its answers take much longer than the best did (additive
 * increase, multiplicative decrease). For use on one event loop.
 */
final class AdaptiveLimit {
  private static final int START = 4;

  /** Failures of one moment are one sign. */
  private static final long DECREASE_INTERVAL_NS = Duration.ofSeconds(1).toNanos();

  /** Answers so much slower than the best are a sign of a queue, unless they are fast anyway. */
  private static final double SLOW = 6;

  private static final double ALWAYS_FAST_NS = Duration.ofMillis(150).toNanos();

  /** The weight of the newest answer in the average. */
  private static final double NEWEST = 0.1;

  /** The best of long ago is no measure for what became slower for good. */
  private static final double FORGETTING = 1.002;

  private final LongSupplier nanoTime;
  private final int most;
  private double limit;
  private double average;
  private double best = Double.MAX_VALUE;
  private long decreasedAt;

  /**
   * @param nanoTime as {@link System#nanoTime()}
   * @param most calls at a time, however well it goes
   */
  AdaptiveLimit(LongSupplier nanoTime, int most) {
    this.nanoTime = nanoTime;
    this.most = most;
    this.limit = Math.min(START, most);
    this.decreasedAt = nanoTime.getAsLong() - DECREASE_INTERVAL_NS;
  }

  int limit() {
    return (int) limit;
  }

  /** Keycloak answered a call, and was not overloaded. */
  void answered(long nanos) {
    double took = (double) nanos;
    average = average == 0 ? took : average + NEWEST * (took - average);
    best = Math.min(best * FORGETTING, took);
    if (average > ALWAYS_FAST_NS && average > SLOW * best) {
      decrease(0.9);
    } else {
      limit = Math.min(most, limit + 1 / limit);
    }
  }

  /** Keycloak failed, refused for being too busy, or did not answer. */
  void failed() {
    decrease(0.5);
  }

  private void decrease(double factor) {
    long now = nanoTime.getAsLong();
    if (now - decreasedAt >= DECREASE_INTERVAL_NS) {
      decreasedAt = now;
      limit = Math.max(1, limit * factor);
    }
  }
}
