package com.phonemos.scim.idp.wire;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Spreads requests evenly over time; time that was not used is not made up for. */
final class Pacer {
  private final long stepNanos;
  private final AtomicLong nextSlot = new AtomicLong(System.nanoTime());

  Pacer(double requestsPerSecond) {
    if (!(requestsPerSecond > 0)) {
      throw new IllegalArgumentException("Expected a positive rate, but got " + requestsPerSecond);
    }
    this.stepNanos = (long) (1e9 / requestsPerSecond);
  }

  void await() {
    if (stepNanos == 0) {
      return;
    }
    long now = System.nanoTime();
    // Compared by difference: nanoTime may be negative and may wrap.
    long slot =
        nextSlot.updateAndGet(next -> (next - now < 0 ? now : next) + stepNanos) - stepNanos;
    for (long left = slot - now; left > 0; left = slot - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
