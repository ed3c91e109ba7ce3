package com.phonemos.scim.idp.cycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The identity provider's calendar. It can be moved forward at will, so that a 30-day delay takes
 * no time.
 */
public final class SimulationClock implements InstantSource {
  private final InstantSource base;
  private final boolean pausesForReal;
  private final double speed;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private SimulationClock(InstantSource base, boolean pausesForReal, double speed) {
    this.base = base;
    this.pausesForReal = pausesForReal;
    this.speed = speed;
  }

  /** Runs with the wall clock; a pause that the endpoint asked for is kept. */
  public static SimulationClock real() {
    return real(Double.POSITIVE_INFINITY);
  }

  /**
   * The same, but it takes time to move it forward.
   *
   * @param speed seconds of the calendar that pass in one of the wall clock; with infinity none
   */
  public static SimulationClock real(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("Expected a positive speed, but got " + speed);
    }
    return new SimulationClock(Clock.systemUTC(), true, speed);
  }

  /** Stands still unless it is moved; a pause moves it and ends at once. */
  public static SimulationClock virtual(Instant start) {
    return new SimulationClock(InstantSource.fixed(start), false, Double.POSITIVE_INFINITY);
  }

  /** The calendar's present. */
  @Override
  public Instant instant() {
    return base.instant().plus(ahead.get());
  }

  /** Moves the calendar forward, as fast as its speed allows. */
  public void advance(Duration step) {
    Duration real = Duration.ofNanos((long) (step.toSeconds() * 1e9 / speed));
    if (!real.isZero()) {
      sleep(real);
    }
    ahead.updateAndGet(present -> present.plus(step.minus(real)));
  }

  /**
   * Waits until the calendar shows {@code until}.
   *
   * @throws IllegalStateException if the waiting thread is interrupted
   */
  public void pauseUntil(Instant until) {
    Duration pause = Duration.between(instant(), until);
    if (!pause.isPositive()) {
      return;
    }
    if (!pausesForReal) {
      // Several workers may wait for the same moment: none must push the others further.
      ahead.updateAndGet(present -> {
        Duration wanted = Duration.between(base.instant(), until);
        return wanted.compareTo(present) > 0 ? wanted : present;
      });
      return;
    }
    sleep(pause);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", interrupted);
    }
  }
}
