package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.wire.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one run of a provisioning engine did.
 *
 * @param name the run, for people
 * @param duration wall-clock time
 * @param requests how many requests were answered with which status, by purpose; status 0 counts
 *     requests without an answer
 * @param latency of all requests
 * @param problems what failed, as the identity provider's log shows it; at most {@link
 *     #PROBLEMS_KEPT}
 * @param problemCount how many failed in all
 */
public record CycleReport(
    String name,
    Duration duration,
    Map<Purpose, Map<Integer, Long>> requests,
    Latency latency,
    List<Problem> problems,
    long problemCount) {
  /** Problems kept in a report; more are only counted, so that memory stays flat. */
  public static final int PROBLEMS_KEPT = 1_000;

  /** Percentiles of the time from a request to the last byte of its answer. */
  public record Latency(Duration p50, Duration p90, Duration p99, Duration max) {}

  /** Requests in all. */
  public long requestCount() {
    return requests.values().stream()
        .flatMap(byStatus -> byStatus.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Requests sent for one purpose. */
  public long requestCount(Purpose purpose) {
    return requests.getOrDefault(purpose, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Requests that were answered with a status of this class: 2 for 2xx; 0 for no answer. */
  public long requestCount(int statusClass) {
    return requests.values().stream()
        .flatMap(byStatus -> byStatus.entrySet().stream())
        .filter(status -> status.getKey() / 100 == statusClass)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Requests per second of wall-clock time. */
  public double requestsPerSecond() {
    return requestCount() * 1e9 / Math.max(1, duration.toNanos());
  }

  /** Whether nothing failed. */
  public boolean clean() {
    return problemCount == 0;
  }

  /** A table for people, over several lines, ending without a line break. */
  public String summary() {
    StringBuilder text = new StringBuilder(256);
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d requests in %.2f s (%,.0f/s), p50 %s, p90 %s, p99 %s, max %s, %,d problems",
            name,
            requestCount(),
            duration.toNanos() / 1e9,
            requestsPerSecond(),
            millis(latency.p50()),
            millis(latency.p90()),
            millis(latency.p99()),
            millis(latency.max()),
            problemCount));
    requests.forEach((purpose, byStatus) ->
        text.append(
            String.format(Locale.ROOT, "%n  %-16s %s", purpose.words(), statuses(byStatus))));
    return text.toString();
  }

  private static String statuses(Map<Integer, Long> byStatus) {
    return byStatus.entrySet().stream()
        .map(status ->
            String.format(
                Locale.ROOT,
                "%,d × %s",
                status.getValue(),
                status.getKey() == 0 ? "no answer" : status.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String millis(Duration latency) {
    return String.format(Locale.ROOT, "%.1f ms", latency.toNanos() / 1e6);
  }
}
