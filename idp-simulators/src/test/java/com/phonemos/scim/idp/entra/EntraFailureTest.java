package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.entra.EntraRules.Throttled;
import com.phonemos.scim.idp.entra.EntraStatus.Health;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.testing.RecordingServer.Recorded;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Entra reacts to an endpoint that does not do what it should. */
final class EntraFailureTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final EntraOptions OPTIONS =
      EntraOptions.defaults().with(Execution.defaults(1, Duration.ofMillis(300)));

  private final SimulationClock clock = SimulationClock.virtual(START);
  private final Directory directory =
      new Directory(
          new Company(
              List.of(
                  Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-GB"),
                  Person.of("p-ann", "ann@ex.org", "Ann", "Doe", "de-CH")),
              List.of(new Company.Team("t-team", "Team", Set.of("p-joe")))),
          clock);
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Entra entra() {
    return Entra.connect(server.endpoint(), OPTIONS, directory);
  }

  private void fail(Predicate<Recorded> when, Fault fault) {
    server.fail(request -> when.test(request) ? Optional.of(fault) : Optional.empty());
  }

  private static Predicate<Recorded> creationOfJoe() {
    return request -> request.method().equals("POST") && request.body().contains("joe@ex.org");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 500, 502, 503})
  void aFailedObjectIsTriedAgainAfterSixTwelveAndTwentyFourHours(int status) throws Exception {
    // Given
    fail(creationOfJoe(), Fault.of(status));
    try (Entra entra = entra()) {
      entra.initialCycle();
      // When
      long[] creations = new long[5];
      Duration[] waits = {
        Duration.ofHours(5),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(12),
        Duration.ofHours(24)
      };
      for (int i = 0; i < waits.length; i++) {
        clock.advance(waits[i]);
        creations[i] = entra.incrementalCycle().requestCount(Purpose.USER_CREATE);
      }
      server.recover();
      clock.advance(Duration.ofHours(24));
      entra.incrementalCycle();
      // Then
      assertThat(creations).containsExactly(0, 1, 1, 1, 1);
      assertThat(entra.status().escrow()).isZero();
      assertThat(new Verifier(server.endpoint()).verify(entra.expected())).isEmpty();
    }
  }

  @Test
  void aFailedObjectIsDroppedAfterTwentyEightDays() {
    // Given
    fail(creationOfJoe(), Fault.of(500));
    try (Entra entra = entra()) {
      entra.initialCycle();
      // When
      clock.advance(Duration.ofDays(29));
      entra.incrementalCycle();
      // Then
      assertThat(entra.status().escrow()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void wrongCredentialsPutTheJobIntoQuarantineAtOnce(int status) {
    // Given
    fail(request -> true, Fault.of(status));
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.requestCount()).isEqualTo(1);
      assertThat(entra.status().health()).isEqualTo(Health.QUARANTINE);
      assertThat(entra.status().reason())
          .hasValueSatisfying(r -> assertThat(r).contains("" + status));
    }
  }

  @Test
  void aLookupAnsweredWithNotFoundPutsTheJobIntoQuarantine() {
    // Given
    fail(request -> request.target().contains("filter="), Fault.of(404));
    try (Entra entra = entra()) {
      // When
      entra.initialCycle();
      // Then
      assertThat(entra.status().health()).isEqualTo(Health.QUARANTINE);
    }
  }

  @Test
  void aJobInQuarantineProbesOnceADayAndGoesOnWhenTheEndpointIsWell() throws Exception {
    // Given
    fail(request -> true, Fault.of(401));
    try (Entra entra = entra()) {
      entra.initialCycle();
      // When
      clock.advance(Entra.INTERVAL);
      long soon = entra.incrementalCycle().requestCount();
      clock.advance(Duration.ofDays(1));
      long nextDay = entra.incrementalCycle().requestCount();
      server.recover();
      clock.advance(Duration.ofDays(1));
      entra.incrementalCycle();
      // Then
      assertThat(soon).isZero();
      assertThat(nextDay).isEqualTo(1);
      assertThat(entra.status().health()).isEqualTo(Health.RUNNING);
      assertThat(new Verifier(server.endpoint()).verify(entra.expected())).isEmpty();
    }
  }

  @Test
  void aJobIsDisabledAfterFourWeeksInQuarantine() {
    // Given
    fail(request -> true, Fault.of(401));
    try (Entra entra = entra()) {
      entra.initialCycle();
      // When
      clock.advance(Duration.ofDays(29));
      CycleReport report = entra.incrementalCycle();
      // Then
      assertThat(report.requestCount()).isZero();
      assertThat(entra.status().health()).isEqualTo(Health.DISABLED);
    }
  }

  @Test
  void throttlingSuspendsTheJobForAsLongAsTheEndpointSays() {
    // Given
    server.fail(request ->
        clock.instant().isBefore(START.plusSeconds(7))
            ? Optional.of(Fault.of(429, "Retry-After", "7"))
            : Optional.empty());
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(report.requestCount(4)).isEqualTo(1);
      assertThat(clock.instant()).isEqualTo(START.plusSeconds(7));
    }
  }

  @Test
  void throttlingCanBeAFailureLikeAnyOther() {
    // Given
    fail(creationOfJoe(), Fault.of(429, "Retry-After", "7"));
    try (Entra entra =
        Entra.connect(
            server.endpoint(),
            OPTIONS.with(EntraRules.defaults().with(Throttled.ESCROW)),
            directory)) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.requestCount(4)).isEqualTo(1);
      assertThat(entra.status().escrow()).isEqualTo(2); // Joe, and his membership.
    }
  }

  @Test
  void anAnswerThatCannotBeReadIsAFailure() {
    // Given
    fail(creationOfJoe(), new Fault(201, "<html>Bad Gateway</html>", Map.of()));
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.problems().toString()).contains("not able to deserialize");
    }
  }

  @Test
  void anAnswerWithoutAnIdIsAFailure() {
    // Given
    fail(creationOfJoe(), new Fault(201, "{\"userName\":\"joe@ex.org\"}", Map.of()));
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.problems().toString()).contains("no id");
    }
  }

  @Test
  void aListInTheWrongLetterCaseIsAFailure() {
    // Given
    fail(
        request -> request.target().contains("joe"),
        new Fault(200, "{\"totalResults\":1,\"resources\":[{\"id\":\"u1\"}]}", Map.of()));
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.problems().toString()).contains("not able to deserialize");
    }
  }

  @Test
  void anEndpointThatDoesNotAnswerIsAFailure() {
    // Given
    fail(creationOfJoe(), Fault.silence());
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.problems().toString()).contains("time-out");
      assertThat(entra.status().escrow()).isEqualTo(2);
    }
  }

  @Test
  void anAccountThatVanishedIsMatchedAgain() throws Exception {
    // Given
    try (Entra entra = entra()) {
      entra.initialCycle();
      fail(request -> request.line().equals("GET /scim/v2/Users/u2"), Fault.of(404));
      directory.person("p-ann").rename("Ann", "Roe");
      entra.incrementalCycle();
      server.recover();
      // When
      clock.advance(Duration.ofHours(6));
      CycleReport report = entra.incrementalCycle();
      // Then
      assertThat(report.requestCount(Purpose.USER_LOOKUP)).isEqualTo(1);
      assertThat(new Verifier(server.endpoint()).verify(entra.expected())).isEmpty();
    }
  }

  @Test
  void tooManyDeletionsWaitForAnAdministrator() {
    // Given
    try (Entra entra =
        Entra.connect(
            server.endpoint(),
            OPTIONS.with(EntraRules.defaults().withDeletionThreshold(1)),
            directory)) {
      entra.initialCycle();
      directory.person("p-joe").leave();
      directory.person("p-ann").leave();
      // When
      long before = entra.incrementalCycle().requestCount();
      entra.approveDeletions();
      long after = entra.incrementalCycle().requestCount(Purpose.USER_DEACTIVATE);
      // Then
      assertThat(before).isZero();
      assertThat(after).isEqualTo(2);
      assertThat(entra.status().health()).isEqualTo(Health.RUNNING);
    }
  }

  /** [D E8]: nothing is written to any of them. */
  @Test
  void severalMatchesAreAFailure() {
    // Given
    server.fail(request ->
        request.target().startsWith("/scim/v2/Users?")
            ? Optional.of(
                new Fault(
                    200,
                    "{\"totalResults\":2,\"Resources\":[{\"id\":\"u1\"},{\"id\":\"u2\"}]}",
                    Map.of()))
            : Optional.empty());
    try (Entra entra = entra()) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.problems().toString()).contains("2 resources match");
      assertThat(server.take()).noneMatch(request -> request.target().contains("/Users/"));
      assertThat(report.requestCount(Purpose.USER_CREATE)).isZero();
    }
  }
}
