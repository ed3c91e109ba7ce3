package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.wire.Exchange;
import com.phonemos.scim.idp.wire.ExchangeListener;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Gathers, while a cycle runs, what its report will say. */
public final class CycleLog implements ExchangeListener {
  private final String name;
  private final long start = System.nanoTime();
  private final Map<Purpose, Map<Integer, LongAdder>> requests = new ConcurrentHashMap<>();
  private final Latencies latencies = new Latencies();
  private final AtomicLong longestNanos = new AtomicLong();
  private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
  private final AtomicLong problemCount = new AtomicLong();

  /** Starts the log of a cycle. */
  public CycleLog(String name) {
    this.name = name;
  }

  /** Runs something and reports what this client exchanged meanwhile. */
  public static CycleReport during(String name, ScimClient client, Consumer<CycleLog> run) {
    CycleLog log = new CycleLog(name);
    client.listen(log);
    try {
      run.accept(log);
      return log.report();
    } finally {
      client.unlisten(log);
    }
  }

  @Override
  public void exchanged(Exchange exchange) {
    requests
        .computeIfAbsent(exchange.request().purpose(), purpose -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(exchange.answer().status(), status -> new LongAdder())
        .increment();
    latencies.add(exchange.latency());
    longestNanos.accumulateAndGet(exchange.latency().toNanos(), Math::max);
  }

  /** Notes a failure. */
  public void problem(String subject, String what) {
    if (problemCount.incrementAndGet() <= CycleReport.PROBLEMS_KEPT) {
      problems.add(new Problem(subject, what));
    }
  }

  /** The report up to now. */
  public CycleReport report() {
    Map<Purpose, Map<Integer, Long>> counted = new EnumMap<>(Purpose.class);
    requests.forEach((purpose, byStatus) -> {
      Map<Integer, Long> sums = new TreeMap<>();
      byStatus.forEach((status, count) -> sums.put(status, count.sum()));
      counted.put(purpose, sums);
    });
    Duration longest = Duration.ofNanos(longestNanos.get());
    return new CycleReport(
        name,
        Duration.ofNanos(System.nanoTime() - start),
        counted,
        new CycleReport.Latency(
            shorter(latencies.percentile(0.5), longest),
            shorter(latencies.percentile(0.9), longest),
            shorter(latencies.percentile(0.99), longest),
            longest),
        List.copyOf(problems),
        problemCount.get());
  }

  private static Duration shorter(Duration first, Duration second) {
    return first.compareTo(second) < 0 ? first : second;
  }
}
