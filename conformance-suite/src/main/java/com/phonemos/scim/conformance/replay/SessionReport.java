package com.phonemos.scim.conformance.replay;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.report.RunReport;
import com.phonemos.scim.conformance.report.RunReport.CaseReport;
import com.phonemos.scim.conformance.report.RunReport.ExchangeReport;
import com.phonemos.scim.conformance.wire.Exchange;
import com.phonemos.scim.conformance.wire.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The differences of a replay in the form of a run: an exchange that differs is a failed case that
 * shows the recorded answer beside the live one. What agrees is counted, not kept.
 */
public final class SessionReport {
  private static final int MOST = 1_000;

  private final String session;
  private final Map<String, String> baseline;
  private final List<CaseReport> kept = new ArrayList<>();
  private final Instant startedAt = Instant.now();
  private long agreed;
  private long known;
  private long differed;
  private Optional<Difference> first = Optional.empty();

  /**
   * A report of one session.
   *
   * @param baseline ids of differences that are known, with the reason
   */
  public SessionReport(String session, Map<String, String> baseline) {
    this.session = session;
    this.baseline = Map.copyOf(baseline);
  }

  /** Takes one exchange. */
  public void add(int number, HarEntry recorded, Exchange live, List<Difference> differences) {
    List<Difference> fresh =
        differences.stream().filter(each -> !baseline.containsKey(each.id())).toList();
    if (differences.isEmpty()) {
      agreed++;
      return;
    }
    if (fresh.isEmpty()) {
      known++;
    } else {
      differed++;
      first = first.or(() -> Optional.of(fresh.getFirst()));
    }
    if (kept.size() < MOST) {
      kept.add(report(number, recorded, live, differences, fresh));
    }
  }

  /** Exchanges with a difference that no baseline names. */
  public long differed() {
    return differed;
  }

  /** The first of them. */
  public Optional<Difference> first() {
    return first;
  }

  /** Exchanges that mean the same, and those with known differences alone. */
  public String words() {
    return agreed + " agree, " + known + " differ as the baseline says, " + differed + " differ";
  }

  /** As data. */
  public RunReport report(String endpoint) {
    Map<String, Long> row = new LinkedHashMap<>();
    row.put("pass", agreed);
    row.put("non-strict", 0L);
    row.put("fail", differed);
    row.put("info", known);
    row.put("skipped", 0L);
    return new RunReport(
        RunReport.SCHEMA_VERSION,
        "session",
        session,
        endpoint,
        startedAt.toString(),
        Duration.between(startedAt, Instant.now()).toMillis(),
        List.of(),
        List.of(),
        Map.of("MUST", row),
        List.copyOf(kept));
  }

  private CaseReport report(
      int number,
      HarEntry recorded,
      Exchange live,
      List<Difference> differences,
      List<Difference> fresh) {
    boolean isKnown = fresh.isEmpty();
    List<Difference> told = isKnown ? differences : fresh;
    return new CaseReport(
        "session/" + number,
        session,
        "session",
        "MUST",
        recorded.comment().isEmpty() ? "as recorded" : recorded.comment(),
        recorded.method() + " " + recorded.target(),
        "the recorded answer",
        List.of(),
        isKnown ? "info" : "fail",
        Optional.of(
            told.stream()
                .map(each -> each.place() + " = " + each.recorded())
                .collect(Collectors.joining("\n"))),
        Optional.of(
            told.stream()
                .map(each -> each.place() + " = " + each.live())
                .collect(Collectors.joining("\n"))),
        isKnown
            ? Optional.of(
                differences.stream()
                    .map(each -> each.id() + ": " + baseline.get(each.id()))
                    .collect(Collectors.joining("; ")))
            : Optional.empty(),
        live.startNanos() / 1e6,
        live.nanos() / 1e6,
        List.of(recorded(recorded), live(live)));
  }

  private static ExchangeReport recorded(HarEntry entry) {
    return new ExchangeReport(
        entry.method(),
        entry.url(),
        entry.requestHeaders().stream().map(Header::redacted).toList(),
        entry.requestBody(),
        entry.status(),
        entry.responseHeaders(),
        entry.responseBody(),
        0,
        entry.took().toNanos() / 1e6,
        "# as recorded");
  }

  private static ExchangeReport live(Exchange live) {
    return new ExchangeReport(
        live.request().method(),
        live.url(),
        live.request().headers().stream().map(Header::redacted).toList(),
        live.request().body(),
        live.answer().status(),
        live.answer().headers().stream().map(Header::redacted).toList(),
        live.answer().body(),
        0,
        live.nanos() / 1e6,
        live.curl(live.request().token().orElse("")));
  }
}
