package com.phonemos.scim.idp.okta;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.testing.RecordingServer.Recorded;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Okta reacts to an endpoint that does not do what it should. */
final class OktaFailureTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static final OktaOptions OPTIONS =
      OktaOptions.defaults().withExecution(Execution.defaults(1, Duration.ofMillis(300)));

  private final SimulationClock clock = SimulationClock.virtual(START);
  private final Directory directory =
      new Directory(Company.generate(new CompanySpec(3, 8, 2, 1)), clock);
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Okta okta() {
    return Okta.connect(server.endpoint(), OPTIONS, directory);
  }

  private void fail(Predicate<Recorded> when, Fault fault) {
    server.fail(request -> when.test(request) ? Optional.of(fault) : Optional.empty());
  }

  private static Predicate<Recorded> creation() {
    return request -> request.method().equals("POST");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 500, 502})
  void aFailedTaskWaitsForRetryAndStartsOverWithTheLookup(int status) throws Exception {
    // Given
    fail(creation(), Fault.of(status));
    try (Okta okta = okta()) {
      okta.assignAll();
      okta.pushGroups();
      int failed = okta.failedTasks();
      server.recover();
      // When
      long bySync = okta.sync().requestCount(Purpose.USER_CREATE);
      CycleReport retry = okta.retryFailedTasks();
      // Then
      assertThat(failed).isEqualTo(10);
      assertThat(bySync).isZero();
      assertThat(retry.requestCount(Purpose.USER_LOOKUP)).isEqualTo(8);
      assertThat(okta.failedTasks()).isZero();
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void theSecondsOfRetryAfterAreHonouredExactly() {
    // Given
    server.fail(request ->
        clock.instant().isBefore(START.plusSeconds(17))
            ? Optional.of(Fault.of(429, "Retry-After", "17"))
            : Optional.empty());
    try (Okta okta = okta()) {
      // When
      CycleReport report = okta.assignAll();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(clock.instant()).isEqualTo(START.plusSeconds(17));
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "'Wed, 21 Oct 2026 07:28:00 GMT'", "1.5"})
  void withoutWholeSecondsThePauseIsFiveMinutesDoubledEachTime(String retryAfter) {
    // Given
    AtomicInteger refusals = new AtomicInteger(3);
    server.fail(request ->
        refusals.getAndDecrement() > 0
            ? Optional.of(
                retryAfter.isEmpty() ? Fault.of(429) : Fault.of(429, "Retry-After", retryAfter))
            : Optional.empty());
    try (Okta okta = okta()) {
      // When
      CycleReport report = okta.assignAll();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(5 + 10 + 20)));
    }
  }

  @Test
  void afterTenRefusalsTheTaskFails() {
    // Given
    fail(creation(), Fault.of(429, "Retry-After", "1"));
    try (Okta okta = okta()) {
      // When
      CycleReport report = okta.assignAll();
      // Then
      assertThat(report.requestCount(Purpose.USER_CREATE)).isEqualTo(8 * 10);
      assertThat(okta.failedTasks()).isEqualTo(8);
    }
  }

  @Test
  void aLookupAnsweredWithNotFoundMeansThatThereIsNobody() {
    // Given
    fail(request -> request.target().contains("filter="), Fault.of(404));
    try (Okta okta = okta()) {
      // When
      CycleReport report = okta.assignAll();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(report.requestCount(Purpose.USER_CREATE)).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Bad Gateway</html>", "{\"userName\":\"x\"}"})
  void aCreationWithoutAUserInTheAnswerFails(String body) {
    // Given
    fail(creation(), new Fault(201, body, Map.of()));
    try (Okta okta = okta()) {
      // When
      okta.assignAll();
      // Then
      assertThat(okta.failedTasks()).isEqualTo(8);
    }
  }

  @Test
  void anEndpointThatDoesNotAnswerFailsTheTask() {
    // Given
    fail(creation(), Fault.silence());
    try (Okta okta = okta()) {
      // When
      CycleReport report = okta.assignAll();
      // Then
      assertThat(report.problems().toString()).contains("time-out");
    }
  }

  @Test
  void manyMembersArePushedInBatches() throws Exception {
    // Given
    Directory big = new Directory(Company.generate(new CompanySpec(3, 250, 1, 1)), clock);
    try (Okta okta = Okta.connect(server.endpoint(), OktaOptions.defaults(AppType.OIN), big)) {
      okta.assignAll();
      // When
      CycleReport report = okta.pushGroups();
      // Then
      assertThat(report.requestCount(Purpose.MEMBER_ADD)).isEqualTo(3);
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void anUnlinkedGroupStaysOrGoesAsTheAdministratorChooses() {
    // Given
    try (Okta okta = okta()) {
      okta.assignAll();
      okta.pushGroups();
      String first = directory.groups().get(0).id();
      String second = directory.groups().get(1).id();
      server.take();
      // When
      okta.unlink(first, Okta.Unlink.LEAVE_IN_APPLICATION);
      okta.unlink(second, Okta.Unlink.DELETE_IN_APPLICATION);
      okta.sync();
      // Then
      assertThat(server.transcript()).isEqualTo("DELETE /Groups/g2\n");
    }
  }

  /** [O K7]: an application that patches does not fall back to replacing. */
  @Test
  void anEndpointWithoutPatchFailsTheTask() {
    // Given
    fail(request -> request.method().equals("PATCH"), Fault.of(501));
    try (Okta okta =
        Okta.connect(server.endpoint(), OktaOptions.defaults(OktaShape.AppType.OIN), directory)) {
      okta.assignAll();
      server.take();
      directory.people().forEach(person -> directory.person(person.person().id()).unassign());
      // When
      okta.sync();
      // Then
      assertThat(okta.failedTasks()).isEqualTo(directory.people().size());
      assertThat(server.take()).allMatch(request -> request.method().equals("PATCH"));
    }
  }
}
