package com.phonemos.scim.engine.demo;

import com.phonemos.scim.engine.fixture.Holdings;
import com.phonemos.scim.engine.fixture.KeycloakSide;
import com.phonemos.scim.engine.fixture.ScimSide;
import com.phonemos.scim.engine.fixture.Screen;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Problem;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.verify.Difference;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.verify.UnreadableException;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A company's way through the demo: from its directory over SCIM into its realm. */
final class CompanyRun implements AutoCloseable {
  /** For the push to catch up; a hundred times what it takes. */
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int PROBLEMS_SHOWN = 10;

  private final String name;
  private final Endpoint endpoint;
  private final TestRealm realm;
  private final IdentityProvider provider;
  private final SmallDay day;
  private final Screen screen;
  private final List<String> problems = new ArrayList<>();
  private final List<Duration> lags = new ArrayList<>();

  CompanyRun(
      String name,
      CompanySpec spec,
      Directory directory,
      Endpoint endpoint,
      TestRealm realm,
      IdentityProvider provider,
      Screen screen) {
    this.name = name;
    this.endpoint = endpoint;
    this.realm = realm;
    this.provider = provider;
    this.day = new SmallDay(directory, spec);
    this.screen = screen;
  }

  /**
   * How the sides compare in the end.
   *
   * @param name of the company
   * @param differences all, named; empty when the three sides agree
   * @param lags from the last answer to the identity provider until Keycloak held it all: after the
   *     start, in the morning, in the afternoon
   */
  record Outcome(
      String name,
      Holdings identityProvider,
      Holdings scim,
      Holdings keycloak,
      List<String> differences,
      List<Duration> lags) {}

  /** Everyone and every group, then a small day; each time Keycloak is waited for. */
  Outcome run() throws IOException, InterruptedException {
    screen.heading(name + ": connection and initial cycle");
    provider.setUp().forEach(this::report);
    settle();
    screen.heading(name + ": a rename, a move, a newcomer, two leavers");
    day.morning();
    report(provider::follow);
    settle();
    screen.heading(name + ": one of the leavers comes back");
    day.afternoon();
    report(provider::follow);
    settle();
    return compare();
  }

  private void report(Supplier<CycleReport> step) {
    CycleReport report = step.get();
    screen.line("  " + report.summary().lines().findFirst().orElse(""));
    report.problems().stream().map(Problem::toString).forEach(problems::add);
    report.problems().stream()
        .limit(PROBLEMS_SHOWN)
        .forEach(problem -> screen.line("    " + problem));
  }

  /** Waits until Keycloak holds what SCIM holds, for a limited time. */
  private void settle() throws IOException, InterruptedException {
    long start = System.nanoTime();
    ScimSide scim = ScimSide.read(endpoint);
    Holdings wanted = scim.holdings();
    while (true) {
      Holdings keycloak = KeycloakSide.read(realm, scim.userNames());
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      screen.advanced(name + ": Keycloak", wanted.sharedWith(keycloak), wanted.size());
      if (wanted.differences("Keycloak", keycloak).isEmpty()) {
        lags.add(waited);
        screen.line(
            "  Keycloak: all there %.1f s after the last answer"
                .formatted(waited.toMillis() / 1e3));
        return;
      }
      if (waited.compareTo(SETTLE_LIMIT) > 0) {
        lags.add(waited);
        screen.line("  Keycloak: not all there after " + SETTLE_LIMIT.toSeconds() + " s");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  private Outcome compare() throws IOException, InterruptedException {
    Expectation expected = provider.expected();
    ScimSide scim = ScimSide.read(endpoint);
    Holdings keycloak = KeycloakSide.read(realm, scim.userNames());
    List<String> differences = new ArrayList<>(problems);
    try {
      new Verifier(endpoint)
          .verify(expected).stream()
              .map(Difference::toString)
              .map(difference -> difference + " (in SCIM)")
              .forEach(differences::add);
    } catch (UnreadableException unreadable) {
      differences.add(String.valueOf(unreadable.getMessage()));
    }
    Holdings wanted = Holdings.of(expected);
    differences.addAll(scim.holdings().differences("Keycloak", keycloak));
    return new Outcome(name, wanted, scim.holdings(), keycloak, differences, lags);
  }

  @Override
  public void close() {
    provider.close();
  }
}
