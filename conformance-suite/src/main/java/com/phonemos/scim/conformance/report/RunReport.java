package com.phonemos.scim.conformance.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.phonemos.scim.conformance.suite.Case;
import com.phonemos.scim.conformance.suite.CaseResult;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Level;
import com.phonemos.scim.conformance.suite.Server;
import com.phonemos.scim.conformance.suite.Verdict;
import com.phonemos.scim.conformance.wire.Exchange;
import com.phonemos.scim.conformance.wire.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The result of a run as data: what the JSON report holds and what the HTML report shows. Its
 * members are the interface of {@code report.schema.json}; holds no token.
 *
 * @param label name and version of the server, as the operator calls it
 * @param verdicts how many cases of each level have which verdict
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunReport(
    int schemaVersion,
    String suiteVersion,
    String label,
    String endpoint,
    String startedAt,
    long durationMs,
    List<String> supportedFeatures,
    List<String> unsupportedFeatures,
    Map<String, Map<String, Long>> verdicts,
    List<CaseReport> cases) {
  /** Changes when a member is renamed or removed. */
  public static final int SCHEMA_VERSION = 1;

  private static final int LONGEST_BODY = 20_000;

  /** One case. {@code expected} and {@code actual} where it was not met, {@code note} otherwise. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record CaseReport(
      String id,
      String section,
      String profile,
      String level,
      String clause,
      String sent,
      String required,
      List<String> needs,
      String verdict,
      Optional<String> expected,
      Optional<String> actual,
      Optional<String> note,
      double startMs,
      double durationMs,
      List<ExchangeReport> exchanges) {}

  /** One exchange, fit to be shown to anybody. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ExchangeReport(
      String method,
      String url,
      List<Header> requestHeaders,
      Optional<String> requestBody,
      int status,
      List<Header> responseHeaders,
      String responseBody,
      double startMs,
      double durationMs,
      String curl) {}

  /**
   * Makes a report.
   *
   * @param kept whose exchanges it holds; the others are told without
   */
  public static RunReport of(
      Server server,
      String label,
      Instant startedAt,
      Duration took,
      List<CaseResult> results,
      Predicate<Verdict> kept) {
    return new RunReport(
        SCHEMA_VERSION,
        Optional.ofNullable(RunReport.class.getPackage().getImplementationVersion())
            .orElse("development"),
        label,
        server.client().base().toString(),
        startedAt.toString(),
        took.toMillis(),
        features(server, true),
        features(server, false),
        count(results),
        results.stream().map(result -> report(server, result, kept)).toList());
  }

  private static List<String> features(Server server, boolean supported) {
    return Arrays.stream(Feature.values())
        .filter(feature -> server.features().contains(feature) == supported)
        .map(Feature::key)
        .toList();
  }

  private static Map<String, Map<String, Long>> count(List<CaseResult> results) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      Map<String, Long> row = new LinkedHashMap<>();
      for (String key : List.of("pass", "non-strict", "fail", "info", "skipped")) {
        row.put(
            key,
            results.stream()
                .filter(result -> result.checked().level() == level)
                .filter(result -> result.verdict().key().equals(key))
                .count());
      }
      counts.put(level.name(), row);
    }
    return counts;
  }

  private static CaseReport report(Server server, CaseResult result, Predicate<Verdict> kept) {
    Case one = result.checked();
    Optional<String> expected = Optional.empty();
    Optional<String> actual = Optional.empty();
    Optional<String> note = Optional.empty();
    switch (result.verdict()) {
      case Verdict.Pass pass -> {}
      case Verdict.NonStrict(String wanted, String found) -> {
        expected = Optional.of(wanted);
        actual = Optional.of(found);
      }
      case Verdict.Fail(String wanted, String found) -> {
        expected = Optional.of(wanted);
        actual = Optional.of(found);
      }
      case Verdict.Informational(String observation) -> note = Optional.of(observation);
      case Verdict.Skipped(String reason) -> note = Optional.of(reason);
    }
    return new CaseReport(
        one.id(),
        one.section(),
        one.profile().key(),
        one.level().name(),
        one.clause(),
        one.sent(),
        one.required(),
        one.needs().stream().map(Feature::key).sorted().toList(),
        result.verdict().key(),
        expected,
        actual,
        note,
        millis(result.startNanos()),
        millis(result.nanos()),
        kept.test(result.verdict())
            ? result.exchanges().stream().map(each -> report(server, each)).toList()
            : List.of());
  }

  private static ExchangeReport report(Server server, Exchange exchange) {
    return new ExchangeReport(
        exchange.request().method(),
        hide(server, exchange.url()),
        exchange.request().headers().stream().map(Header::redacted).toList(),
        exchange.request().body().map(body -> shortened(hide(server, body))),
        exchange.answer().status(),
        exchange.answer().headers().stream().map(Header::redacted).toList(),
        shortened(hide(server, exchange.answer().body())),
        millis(exchange.startNanos()),
        millis(exchange.nanos()),
        hide(server, exchange.curl(server.token())));
  }

  /** A token may also be where it must not be, such as in a URL that a case tries. */
  private static String hide(Server server, String text) {
    String hidden = text.replace(server.token(), Header.REDACTED);
    return server
        .secondToken()
        .map(second -> hidden.replace(second, Header.REDACTED))
        .orElse(hidden);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_BODY
        ? text
        : text.substring(0, LONGEST_BODY) + "… (" + text.length() + " characters)";
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  /** How many cases have a verdict, at whatever level. */
  public long count(String verdict) {
    return verdicts.values().stream().mapToLong(row -> row.getOrDefault(verdict, 0L)).sum();
  }
}
