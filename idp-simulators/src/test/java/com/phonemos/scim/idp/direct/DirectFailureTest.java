package com.phonemos.scim.idp.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.testing.RecordingServer.Recorded;
import com.phonemos.scim.idp.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How OneLogin and JumpCloud are taken to react when an endpoint fails. */
final class DirectFailureTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final Directory directory =
      new Directory(
          new Company(List.of(Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-US")), List.of()),
          SimulationClock.virtual(START));
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  static Stream<Dialect> dialects() {
    return Stream.of(OneLogin.defaults(), JumpCloud.defaults());
  }

  static Stream<Arguments> dialectsAndFailures() {
    List<Fault> failures =
        List.of(
            Fault.of(401),
            Fault.of(409),
            Fault.of(500),
            new Fault(502, "<html>Bad Gateway</html>", Map.of()),
            new Fault(201, "<html>", Map.of()),
            new Fault(201, "{\"userName\":\"joe@ex.org\"}", Map.of()),
            Fault.silence());
    return dialects().flatMap(one -> failures.stream().map(fault -> Arguments.of(one, fault)));
  }

  private DirectProvider provider(Dialect dialect) {
    return DirectProvider.connect(
        server.endpoint(),
        dialect,
        DirectProvider.execution().withTimeout(Duration.ofMillis(300)),
        directory);
  }

  private static Predicate<Recorded> creation() {
    return request -> request.method().equals("POST");
  }

  private static Predicate<Recorded> lookup() {
    return request -> request.target().contains("filter=");
  }

  private void fail(Predicate<Recorded> when, Fault fault) {
    server.fail(request -> when.test(request) ? Optional.of(fault) : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("dialectsAndFailures")
  void aFailedTaskWaitsForAnAdministrator(Dialect dialect, Fault fault) throws Exception {
    // Given
    fail(creation(), fault);
    try (DirectProvider provider = provider(dialect)) {
      // When
      provider.sync();
      provider.sync();
      // Then
      assertThat(provider.failedTasks()).isEqualTo(1);
      assertThat(server.take()).filteredOn(creation()).hasSize(1);
      // When
      server.recover();
      provider.retryFailedTasks();
      // Then
      assertThat(provider.failedTasks()).isZero();
      assertThat(new Verifier(server.endpoint()).verify(provider.expected())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void throttlingPausesForAsLongAsTheEndpointSaysAndOtherwiseForAMinute(Dialect dialect) {
    // Given
    AtomicInteger creations = new AtomicInteger();
    server.fail(request ->
        switch (creation().test(request) ? creations.incrementAndGet() : 0) {
          case 1 -> Optional.of(Fault.of(429, "Retry-After", "17"));
          case 2 -> Optional.of(Fault.of(429));
          default -> Optional.empty();
        });
    try (DirectProvider provider = provider(dialect)) {
      // When
      provider.sync();
      // Then
      assertThat(provider.failedTasks()).isZero();
      assertThat(directory.clock().instant()).isEqualTo(START.plusSeconds(17 + 60));
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void afterFiveRefusalsTheTaskFails(Dialect dialect) {
    // Given
    fail(creation(), Fault.of(429, "Retry-After", "1"));
    try (DirectProvider provider = provider(dialect)) {
      // When
      provider.sync();
      // Then
      assertThat(provider.failedTasks()).isEqualTo(1);
      assertThat(server.take()).filteredOn(creation()).hasSize(5);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aLookupWithoutAListMeansThatThereIsNobody(Dialect dialect) throws Exception {
    for (Fault fault :
        List.of(
            Fault.of(404),
            new Fault(200, "{\"totalResults\":1,\"resources\":[{\"id\":\"u9\"}]}", Map.of()))) {
      // Given
      directory.person("p-joe").changeUserName("joe." + fault.status() + "@ex.org");
      fail(lookup(), fault);
      try (DirectProvider provider = provider(dialect)) {
        // When
        provider.sync();
        // Then
        assertThat(provider.failedTasks()).isZero();
        assertThat(server.take()).filteredOn(creation()).hasSize(1);
      }
    }
  }
}
