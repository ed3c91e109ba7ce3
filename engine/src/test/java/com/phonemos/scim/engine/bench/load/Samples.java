package com.phonemos.scim.engine.bench.load;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The latencies of one step, from the end of its warm-up to its end. For one thread. */
final class Samples {
  private final long begin;
  private final long end;
  private long[] nanos = new long[1 << 16];
  private int count;
  private long cpuAtBegin = -1;

  Samples(Step step) {
    this.begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(step.warmUpMillis());
    this.end = begin + TimeUnit.MILLISECONDS.toNanos(step.millis());
  }

  boolean over(long now) {
    return now - end >= 0;
  }

  /** Counts a request that was answered {@code now}, if that is within the measured time. */
  void add(long sent, long now) {
    if (now - begin < 0 || over(now)) {
      return;
    }
    if (cpuAtBegin < 0) {
      cpuAtBegin = cpuNanos();
    }
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = now - sent;
  }

  /**
   * Sums up.
   *
   * @throws IllegalStateException when nothing was answered in the measured time
   */
  Measurement measurement() {
    if (count == 0) {
      throw new IllegalStateException("Expected answers while it was measured, but there is none");
    }
    double cpu = cpuNanos() - cpuAtBegin;
    Arrays.sort(nanos, 0, count);
    double seconds = (end - begin) / 1e9;
    return new Measurement(count / seconds, millis(0.50), millis(0.99), cpu / 1e9 / seconds);
  }

  private double millis(double quantile) {
    return nanos[(int) Math.min(count - 1, Math.round(quantile * count))] / 1e6;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
