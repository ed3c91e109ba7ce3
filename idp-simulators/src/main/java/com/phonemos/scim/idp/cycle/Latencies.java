package com.phonemos.scim.idp.cycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts latencies in buckets that are at most 1/16 wide, so that percentiles of any number of
 * requests cost the same few kilobytes.
 */
final class Latencies {
  private static final int SUB_BUCKETS = 16;
  private static final int SHIFT = 4;

  private final AtomicLongArray counts = new AtomicLongArray(64 * SUB_BUCKETS);

  void add(Duration latency) {
    counts.incrementAndGet(bucket(Math.max(0, latency.toNanos() / 1_000)));
  }

  /** The upper bound of the bucket that holds this share of all latencies, zero if none. */
  Duration percentile(double share) {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    long rank = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= rank && seen > 0) {
        return Duration.ofNanos(upper(i) * 1_000);
      }
    }
    return Duration.ZERO;
  }

  private static int bucket(long micros) {
    if (micros < SUB_BUCKETS) {
      return (int) micros;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(micros);
    int sub = (int) (micros >>> (exponent - SHIFT)) & (SUB_BUCKETS - 1);
    return (exponent - SHIFT + 1) * SUB_BUCKETS + sub;
  }

  private static long upper(int bucket) {
    if (bucket < SUB_BUCKETS) {
      return bucket;
    }
    int exponent = bucket / SUB_BUCKETS + SHIFT - 1;
    long sub = bucket % SUB_BUCKETS;
    return ((SUB_BUCKETS + sub + 1) << (exponent - SHIFT)) - 1;
  }
}
