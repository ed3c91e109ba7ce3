package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.load.Measurement;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several rounds have shown: the median of each value.
 *
 * @param p50Millis NaN where single latencies were not measured
 * @param clientCores processors that the load itself used
 */
record Figure(double perSecond, double p50Millis, double p99Millis, double clientCores) {

  static Figure median(List<Measurement> rounds) {
    return new Figure(
        median(rounds, Measurement::perSecond),
        median(rounds, Measurement::p50Millis),
        median(rounds, Measurement::p99Millis),
        median(rounds, Measurement::clientCores));
  }

  private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
