package com.phonemos.scim.conformance.report;

import com.phonemos.scim.conformance.report.RunReport.CaseReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JUnit XML of a report: a suite per section, a failure per failed case. */
final class JunitXml {
  private JunitXml() {}

  static String of(RunReport report) {
    Map<String, List<CaseReport>> sections = new LinkedHashMap<>();
    report
        .cases()
        .forEach(one ->
            sections
                .computeIfAbsent(
                    one.id().substring(0, one.id().lastIndexOf('/')), key -> new ArrayList<>())
                .add(one));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            Locale.ROOT,
            "<testsuites name=\"scim-conformance\" tests=\"%d\" failures=\"%d\" skipped=\"%d\""
                + " time=\"%.3f\">%n",
            report.cases().size(),
            report.count("fail"),
            report.count("skipped"),
            report.durationMs() / 1e3));
    sections.forEach((path, cases) -> suite(xml, path, cases));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, String path, List<CaseReport> cases) {
    xml.append(
        String.format(
            Locale.ROOT,
            "  <testsuite name=\"%s %s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\""
                + " time=\"%.3f\">%n",
            escaped(path),
            escaped(cases.getFirst().section()),
            cases.size(),
            cases.stream().filter(one -> one.verdict().equals("fail")).count(),
            cases.stream().filter(one -> one.verdict().equals("skipped")).count(),
            cases.stream().mapToDouble(CaseReport::durationMs).sum() / 1e3));
    cases.forEach(one -> testCase(xml, path, one));
    xml.append("  </testsuite>\n");
  }

  private static void testCase(StringBuilder xml, String path, CaseReport one) {
    xml.append(
        String.format(
            Locale.ROOT,
            "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">",
            escaped(path.replace('.', '_').replace('/', '.')),
            escaped(one.id().substring(path.length() + 1) + ": " + one.sent()),
            one.durationMs() / 1e3));
    String told =
        "Expected: " + one.expected().orElse("") + "\n  Actual: " + one.actual().orElse("");
    switch (one.verdict()) {
      case "fail" ->
          xml.append(
              String.format(
                  Locale.ROOT,
                  "<failure type=\"%s\" message=\"%s\">%s</failure>",
                  one.level(),
                  escaped(told.replace("\n", "; ")),
                  escaped(one.clause() + "\n" + told + "\n" + curls(one))));
      case "skipped" -> xml.append("<skipped message=\"" + escaped(one.note().orElse("")) + "\"/>");
      case "non-strict" -> xml.append("<system-out>non-strict\n" + escaped(told) + "</system-out>");
      case "info" -> xml.append("<system-out>" + escaped(one.note().orElse("")) + "</system-out>");
      default -> {}
    }
    xml.append("</testcase>\n");
  }

  private static String curls(CaseReport one) {
    return String.join("\n", one.exchanges().stream().map(RunReport.ExchangeReport::curl).toList());
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\n' -> out.append("&#10;");
            default -> {
              // What XML 1.0 cannot hold (§2.2).
              boolean legal =
                  point == '\t'
                      || (point >= 0x20 && point < 0xD800)
                      || (point > 0xDFFF && point < 0xFFFE)
                      || point > 0xFFFF;
              out.appendCodePoint(legal ? point : '\uFFFD');
            }
          }
        });
    return out.toString();
  }
}
