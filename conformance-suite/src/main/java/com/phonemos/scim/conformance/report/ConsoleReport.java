package com.phonemos.scim.conformance.report;

import com.phonemos.scim.conformance.report.RunReport.CaseReport;
import com.phonemos.scim.conformance.report.RunReport.ExchangeReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** The report for people at a terminal: what to fix, without opening a file. */
public final class ConsoleReport {
  private final PrintWriter out;
  private final Ansi ansi;
  private final boolean everything;

  /**
   * A report on a stream.
   *
   * @param everything also what is as it should be
   */
  public ConsoleReport(PrintWriter out, Ansi ansi, boolean everything) {
    this.out = out;
    this.ansi = ansi;
    this.everything = everything;
  }

  /** Prints it. */
  public void print(RunReport report) {
    String section = "";
    for (CaseReport one : report.cases()) {
      String path = one.id().substring(0, one.id().lastIndexOf('/'));
      boolean problem = one.verdict().equals("fail") || one.verdict().equals("non-strict");
      if (!problem && !everything) {
        continue;
      }
      if (!path.equals(section)) {
        section = path;
        out.printf("%n%s%n", style("bold", path + "  " + one.section()));
      }
      print(one, path);
    }
    summary(report);
    out.flush();
  }

  private void print(CaseReport one, String path) {
    String line = one.id().substring(path.length() + 1) + ": " + one.sent();
    switch (one.verdict()) {
      case "pass" -> out.println(style("green", "  ✓ ") + line);
      case "info" -> out.println(style("blue", "  i ") + line + "\n      " + one.note().orElse(""));
      case "skipped" ->
          out.println(style("faint", "  – " + line + "\n      " + one.note().orElse("")));
      case "fail" -> problem(style("red,bold", "  × "), one, line);
      default -> problem(style("yellow,bold", "  ! "), one, line);
    }
  }

  private void problem(String mark, CaseReport one, String line) {
    out.println(mark + one.level() + " " + line);
    out.println("    -> " + one.required());
    out.println(style("faint", "       " + one.clause()));
    out.println("       Expected: " + style("green", one.expected().orElse("")));
    out.println("         Actual: " + style("red", one.actual().orElse("")));
    if (one.verdict().equals("fail")) {
      for (ExchangeReport exchange : one.exchanges()) {
        exchanged(exchange);
      }
    }
  }

  private void exchanged(ExchangeReport exchange) {
    out.println(indented(exchange.curl()));
    String body = exchange.responseBody();
    out.println(
        style(
            "faint",
            indented(
                "  # "
                    + exchange.status()
                    + " "
                    + (body.length() > 400 ? body.substring(0, 400) + "…" : body))));
  }

  private void summary(RunReport report) {
    out.printf(
        Locale.ROOT,
        "%n%d cases in %.1f s: %s, %s, %s, %d info, %d skipped%n",
        report.cases().size(),
        report.durationMs() / 1e3,
        style("green", report.count("pass") + " passed"),
        style("yellow", report.count("non-strict") + " non-strict"),
        style("red", report.count("fail") + " failed"),
        report.count("info"),
        report.count("skipped"));
    for (String level : List.of("MUST", "SHOULD")) {
      Map<String, Long> row = report.verdicts().getOrDefault(level, Map.of());
      long met =
          row.getOrDefault("pass", 0L)
              + (level.equals("MUST") ? row.getOrDefault("non-strict", 0L) : 0L);
      long judged =
          row.getOrDefault("pass", 0L)
              + row.getOrDefault("non-strict", 0L)
              + row.getOrDefault("fail", 0L);
      if (judged > 0) {
        out.printf(
            Locale.ROOT, "%-6s %5.1f %% (%d of %d)%n", level, 100.0 * met / judged, met, judged);
      }
    }
    if (!report.unsupportedFeatures().isEmpty()) {
      out.println("Not offered: " + String.join(", ", report.unsupportedFeatures()));
    }
  }

  private String style(String style, String text) {
    // Markup of picocli: text of a server must not be read as such, hence no "@|…|@" around it.
    return ansi.enabled()
        ? Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style))
        : text;
  }

  private static String indented(String text) {
    return "       " + text.replace("\n", "\n       ");
  }
}
