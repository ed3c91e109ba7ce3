package com.phonemos.scim.engine.keycloak;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt. */
final class Backoff {
  private static final long SHORTEST_MS = 1_000;
  private static final long LONGEST_MS = 600_000;
  private static final long SHORTEST_WAIT_MS = 250;
  private static final long LONGEST_WAIT_MS = 300_000;
  private static final int DOUBLINGS = 10;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** From 1 s to 10 min, doubled by each attempt, spread so that many do not come back at once. */
  Duration after(int attempts) {
    long ms = Math.min(LONGEST_MS, SHORTEST_MS << Math.clamp(attempts - 1L, 0, DOUBLINGS));
    return Duration.ofMillis(ms / 2 + random.nextLong(ms / 2 + 1));
  }

  /** For what waits for another resource: soon, and less and less often the longer it waits. */
  static Duration waiting(Duration age) {
    return Duration.ofMillis(Math.clamp(age.toMillis() / 4, SHORTEST_WAIT_MS, LONGEST_WAIT_MS));
  }
}
