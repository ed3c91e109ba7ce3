package com.phonemos.scim.engine.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rate per key: each has a bucket that refills steadily, and every event takes one token out of
 * it. Keys that were not seen for long are forgotten, which leaves them a full bucket.
 *
 * <p>Not shared: one instance per event loop.
 */
final class TokenBuckets<K> {
  private static final int REMEMBERED = 10_000;

  private final long nanosPerToken;
  private final int burst;

  /** When each key's bucket is full again, in the nanoseconds of the caller. */
  private final Map<K, Long> fullAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A rate of {@code tokens} every {@code period}.
   *
   * @param burst tokens of a full bucket
   */
  TokenBuckets(int tokens, Duration period, int burst) {
    this.nanosPerToken = Math.max(1, period.toNanos() / tokens);
    this.burst = burst;
  }

  /**
   * Takes a token if there is one.
   *
   * @param now monotonic, in nanoseconds
   * @return how long until there is one; zero when it was taken
   */
  Duration take(K key, long now) {
    Long known = fullAt.get(key);
    long full = known == null || known - now < 0 ? now : known;
    long wait = full + nanosPerToken - now - burst * nanosPerToken;
    if (wait > 0) {
      return Duration.ofNanos(wait);
    }
    fullAt.put(key, full + nanosPerToken);
    return Duration.ZERO;
  }
}
