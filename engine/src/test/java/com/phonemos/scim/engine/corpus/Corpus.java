package com.phonemos.scim.engine.corpus;

import com.phonemos.scim.engine.corpus.CorpusRow.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The corpus as others may see it. */
public final class Corpus {
  private Corpus() {}

  /**
   * A row, and which requirements of the RFCs it shows.
   *
   * @param id such as {@code C-F01}
   */
  public record Shown(String id, List<String> clauses) {}

  /** Every row that is run. */
  public static List<Shown> rows() {
    return CorpusFile.all().stream()
        .filter(row -> row.elsewhere().isEmpty())
        .map(row -> new Shown(row.id(), row.clauses()))
        .toList();
  }

  /**
   * What a row took.
   *
   * @param millis of its slowest request, from the first byte sent to the last one received: the
   *     median of several times
   */
  public record Latency(String row, double millis) {}

  /**
   * Sends every row several times to a warm engine.
   *
   * @param database of the engine, as a URI
   * @param port of its SCIM endpoint
   * @param warmUp times before those that count
   * @param progress is told how many times all rows were sent
   */
  public static List<Latency> latencies(
      String database, int port, int warmUp, int times, IntConsumer progress) throws IOException {
    CorpusWorld world = new CorpusWorld(database, port);
    List<CorpusRow> rows =
        CorpusFile.all().stream().filter(row -> row.elsewhere().isEmpty()).toList();
    Map<Exchange, List<Double>> taken = new IdentityHashMap<>();
    for (int round = 0; round < warmUp + times; round++) {
      progress.accept(round);
      if (round == warmUp) {
        taken.clear();
      }
      for (CorpusRow row : rows) {
        time(world, row, taken);
      }
    }
    return rows.stream()
        .map(row ->
            new Latency(
                row.toString(),
                row.exchanges().stream()
                    .filter(taken::containsKey)
                    .mapToDouble(exchange -> median(taken.getOrDefault(exchange, List.of())))
                    .max()
                    .orElse(0)))
        .toList();
  }

  private static void time(CorpusWorld world, CorpusRow row, Map<Exchange, List<Double>> taken)
      throws IOException {
    try (Conversation conversation = new Conversation(world, row)) {
      for (Exchange exchange : row.exchanges()) {
        if (exchange.answer().statuses().isEmpty()) {
          return;
        }
        for (int i = 0; i < exchange.times(); i++) {
          List<byte[]> request = conversation.request(exchange);
          long started = System.nanoTime();
          conversation.answer(request);
          taken
              .computeIfAbsent(exchange, first -> new ArrayList<>())
              .add((System.nanoTime() - started) / 1e6);
        }
      }
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  /** A page that lists every row, and, first, those that are not run. */
  public static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Bad input, row by row

            Each row is sent byte by byte to a running endpoint by `BadInputTest`; the requests are in
            [corpus](../src/test/resources/corpus). Every refusal is a SCIM error, nothing is answered 5xx but 501, and the
            connection serves the next request unless the row says closed. Made by `RequirementsTest`; do not edit.

            ## Not run here

            | Row | Input | Why |
            |---|---|---|
            """);
    List<CorpusRow> rows = CorpusFile.all();
    rows.forEach(row ->
        row.elsewhere()
            .ifPresent(reason ->
                page.append(
                    "| %s | %s | %s |%n".formatted(row.id(), row.title(), reason(reason)))));
    page.append("\n## Run\n\n| Row | Input | Answers |\n|---|---|---|\n");
    rows.stream()
        .filter(row -> row.elsewhere().isEmpty())
        .forEach(row ->
            page.append("| %s | %s | %s |%n".formatted(row.id(), row.title(), answers(row))));
    return page.toString();
  }

  private static String reason(String reason) {
    return reason.startsWith("com.phonemos")
        ? "shown by `" + reason.substring(reason.lastIndexOf('.') + 1).replace('#', '.') + '`'
        : reason;
  }

  private static String answers(CorpusRow row) {
    return String.join(
        "; ",
        row.exchanges().stream()
            .map(exchange -> exchange.answer().toString())
            .map(text -> text.isEmpty() ? "nothing" : text)
            .distinct()
            .toList());
  }
}
