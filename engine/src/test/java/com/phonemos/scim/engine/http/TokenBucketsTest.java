package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final TokenBuckets<String> buckets = new TokenBuckets<>(10, Duration.ofSeconds(1), 20);

  @Test
  void aBurstIsTakenAtOnceAndThenTheRateHolds() {
    // Given
    long now = 0;
    // When
    // Then
    assertThat(taken("a", now)).isEqualTo(20);
    assertThat(buckets.take("a", now)).isEqualTo(Duration.ofMillis(100));
    assertThat(taken("a", now + SECOND)).isEqualTo(10);
  }

  @Test
  void aBucketHoldsNoMoreThanTheBurst() {
    // Given
    taken("a", 0);
    // When
    int later = taken("a", 3_600 * SECOND);
    // Then
    assertThat(later).isEqualTo(20);
  }

  @Test
  void oneKeyTakesNothingFromAnother() {
    // Given
    taken("a", 0);
    // When
    int other = taken("b", 0);
    // Then
    assertThat(other).isEqualTo(20);
  }

  @Test
  void timeMayBeNegativeAsNanoTimeIs() {
    // Given
    long now = Long.MAX_VALUE - 5;
    // When
    int before = taken("a", now);
    // Then
    assertThat(before).isEqualTo(20);
    assertThat(taken("a", now + SECOND)).isEqualTo(10);
  }

  private int taken(String key, long now) {
    int taken = 0;
    while (buckets.take(key, now).isZero()) {
      taken++;
    }
    return taken;
  }
}
