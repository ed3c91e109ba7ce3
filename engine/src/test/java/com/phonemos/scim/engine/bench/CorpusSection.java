package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.corpus.Corpus;
import com.phonemos.scim.engine.corpus.Corpus.Latency;
import com.phonemos.scim.engine.fixture.Screen;
import java.util.Comparator;
import java.util.List;

/** How long the answers to bad input take, one client at a time; the slowest rows come first. */
record CorpusSection(Screen screen) implements Section {
  private static final int WARM_UP = 5;
  private static final int TIMES = 9;
  private static final double LIMIT_MILLIS = 50;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    List<Latency> latencies =
        Corpus.latencies(
            bed.uri(),
            bed.port(),
            WARM_UP,
            TIMES,
            done -> screen.advanced("sending bad input", done, WARM_UP + TIMES));
    List<Case.Result> results =
        latencies.stream()
            .filter(latency -> latency.millis() > 0) // Or the connection ended without an answer.
            .sorted(Comparator.comparing(Latency::millis).reversed())
            .map(latency -> new Case.Result(latency.row(), figure(latency), List.of()))
            .toList();
    Target slowest =
        new Target(
            "The slowest of %d rows of bad input, in ms".formatted(latencies.size()),
            latencies.stream().mapToDouble(Latency::millis).max().orElseThrow(),
            Target.Bound.BELOW,
            LIMIT_MILLIS);
    return new Findings("Bad input, row by row", "answers", List.of(), results, List.of(slowest));
  }

  private static Figure figure(Latency latency) {
    return new Figure(1_000 / latency.millis(), latency.millis(), Double.NaN, Double.NaN);
  }
}
