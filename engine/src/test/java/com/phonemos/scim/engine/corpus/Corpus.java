package com.phonemos.scim.engine.corpus;

import java.util.List;

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
