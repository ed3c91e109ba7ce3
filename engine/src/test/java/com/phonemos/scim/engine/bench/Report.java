package com.phonemos.scim.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was found, as Markdown for people and as JSON for programs. */
record Report(Machine machine, List<Findings> sections) {
  private static final String NONE = "–";

  /** Whether every target was reached. */
  boolean allReached() {
    return sections.stream()
        .flatMap(section -> section.targets().stream())
        .allMatch(Target::reached);
  }

  void writeJson(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  static String table(Findings findings) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(List.of(findings.subject() + " /s", "p50 ms", "p99 ms"));
    for (String floor : findings.floors()) {
      head.addAll(List.of(floor + " /s", "p50 ms", "p99 ms", "ratio"));
    }
    lines.add(head);
    findings.results().forEach(result -> lines.add(line(result)));
    return markdown(lines);
  }

  static String targets(List<Target> targets) {
    StringBuilder text = new StringBuilder();
    for (Target target : targets) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-7s %s: %.2f, wanted %s %.2f%n",
              target.reached() ? "reached" : "MISSED",
              target.what(),
              target.value(),
              target.bound() == Target.Bound.AT_LEAST ? "at least" : "below",
              target.limit()));
    }
    return text.toString();
  }

  private static List<String> line(Case.Result result) {
    List<String> line = new ArrayList<>(List.of(result.label()));
    line.addAll(cells(result.engine()));
    for (int floor = 0; floor < result.floors().size(); floor++) {
      line.addAll(cells(result.floors().get(floor)));
      line.add(String.format(Locale.ROOT, "%.2f", result.ratio(floor)));
    }
    return line;
  }

  private static List<String> cells(Figure figure) {
    return List.of(
        String.format(Locale.ROOT, "%,.0f", figure.perSecond()),
        millis(figure.p50Millis()),
        millis(figure.p99Millis()));
  }

  private static String millis(double millis) {
    return Double.isNaN(millis) ? NONE : String.format(Locale.ROOT, "%.1f", millis);
  }

  private static String markdown(List<List<String>> lines) {
    int columns = lines.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(column ->
                lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < lines.size(); row++) {
      for (int column = 0; column < columns; column++) {
        String format = column == 0 ? "| %-" + widths[0] + "s " : "| %" + widths[column] + "s ";
        text.append(String.format(Locale.ROOT, format, lines.get(row).get(column)));
      }
      text.append("|\n");
      if (row == 0) {
        for (int column = 0; column < columns; column++) {
          text.append(column == 0 ? "|" : "|").append("-".repeat(widths[column] + 1));
          text.append(column == 0 ? "-" : ":");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }
}
