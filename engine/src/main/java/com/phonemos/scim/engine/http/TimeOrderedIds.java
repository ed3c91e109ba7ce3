package com.phonemos.scim.engine.http;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562 §5.7): their order is the order of creation, so that the index grows
 * at its end and pages are stable.
 */
final class TimeOrderedIds implements Supplier<UUID> {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  private final Clock clock;
  private final RandomGenerator random;

  TimeOrderedIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public UUID get() {
    long high = clock.millis() << 16 | VERSION_7 | random.nextInt(0x1000);
    return new UUID(high, random.nextLong() >>> 2 | VARIANT);
  }
}
