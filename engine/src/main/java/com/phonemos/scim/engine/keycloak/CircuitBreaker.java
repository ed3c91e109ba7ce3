package com.phonemos.scim.engine.keycloak;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from what does not answer. After some failures in a row nothing passes for a
 * while, then one call at a time until one succeeds.
 *
 * <pre>
 *   closed ──failures──▶ open ──time──▶ probing ──success──▶ closed
 *                          ▲              │
 *                          └───failure────┘
 * </pre>
 */
final class CircuitBreaker {
  private static final int FAILURES = 3;
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Duration longest;
  private int failures;
  private long closedUntil;
  private boolean open;
  private boolean demanded;
  private Duration pause = SHORTEST;

  /**
   * @param nanoTime as {@link System#nanoTime()}
   * @param longest pause between two probes
   */
  CircuitBreaker(LongSupplier nanoTime, Duration longest) {
    this.nanoTime = nanoTime;
    this.longest = longest;
  }

  /** Of calls that were under way when a pause was demanded, some may still go well. */
  void succeeded() {
    failures = 0;
    if (demanded && !remaining().isZero()) {
      return;
    }
    demanded = false;
    open = false;
    pause = SHORTEST;
  }

  /** With a demanded pause it opens at once, and for so long at least. */
  void failed(Optional<Duration> retryAfter) {
    failures++;
    if (retryAfter.isPresent()) {
      demanded = true;
      open(retryAfter.get());
    } else if (open ? remaining().isZero() : failures >= FAILURES) {
      open(pause);
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(longest) < 0 ? next : longest;
    }
  }

  private void open(Duration duration) {
    Duration longer = remaining().compareTo(duration) > 0 ? remaining() : duration;
    open = true;
    closedUntil = nanoTime.getAsLong() + longer.toNanos();
  }

  /** How many of {@code all} calls may be made at a time now. */
  int permits(int all) {
    if (!open) {
      return all;
    }
    return remaining().isZero() ? 1 : 0;
  }

  boolean isOpen() {
    return open;
  }

  /** Until a call may be made. */
  Duration remaining() {
    if (!open) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.max(0, closedUntil - nanoTime.getAsLong()));
  }
}
