package com.phonemos.scim.idp.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.testing.NoOpServer;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.wire.Exchange;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {
  private static final CompanySpec SPEC = new CompanySpec(11, 40, 5, 2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What is sent, in order; the endpoint's ids depend on who arrives first, so they are masked. */
  private static List<String> sentBySeed(long seed) {
    Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    Directory directory =
        new Directory(
            Company.generate(SPEC), SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z")));
    EntraOptions options = EntraOptions.defaults();
    try (RecordingServer server = new RecordingServer();
        Entra entra =
            Entra.connect(
                server.endpoint(),
                options.with(options.execution().interleavedBy(seed)),
                directory)) {
      entra.client().listen(exchanges::add);
      new Story(entra, SPEC, report -> {}).tell(Scenario.DAY);
    }
    return exchanges.stream()
        .sorted(Comparator.comparingLong(Exchange::number))
        .map(e -> e.request().method() + " " + e.target() + " " + e.request().body())
        .map(line -> line.replaceAll("\\b[ug]\\d+\\b", "id"))
        .toList();
  }

  @Test
  void concurrentRequestsAreSentInTheOrderThatTheSeedDecides() {
    // When
    List<String> sent = sentBySeed(3);
    // Then
    assertThat(sent).isEqualTo(sentBySeed(3));
    assertThat(sent).isNotEqualTo(sentBySeed(4));
  }

  private static Workers workers(ScimClient client, boolean ordered) {
    Execution execution = Execution.defaults(6, TIMEOUT);
    return new Workers(ordered ? execution : execution.unordered(), client);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyItemIsWorkedOnOnceAndNoLaneHasMoreThanItsShareUnderWay(boolean ordered) {
    // Given
    Map<Integer, AtomicInteger> underWay = new ConcurrentHashMap<>();
    Queue<Integer> crowded = new ConcurrentLinkedQueue<>();
    Queue<Integer> worked = new ConcurrentLinkedQueue<>();
    List<Integer> items = IntStream.range(0, 300).boxed().toList();
    try (NoOpServer server = new NoOpServer();
        ScimClient client = server.client()) {
      // When
      workers(client, ordered)
          .forEach(
              "items",
              items,
              item -> item % 3,
              2,
              () -> false,
              item -> {
                AtomicInteger lane = underWay.computeIfAbsent(item % 3, key -> new AtomicInteger());
                if (lane.incrementAndGet() > 2) {
                  crowded.add(item);
                }
                server.ask(client);
                worked.add(item);
                lane.decrementAndGet();
              });
    }
    // Then
    assertThat(crowded).isEmpty();
    assertThat(worked).containsExactlyInAnyOrderElementsOf(items);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBugStopsTheOthersAndIsThrown(boolean ordered) {
    // Given
    AtomicInteger worked = new AtomicInteger();
    List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
    try (NoOpServer server = new NoOpServer();
        ScimClient client = server.client()) {
      // Then
      assertThatThrownBy(() ->
              workers(client, ordered)
                  .forEach(
                      "items",
                      items,
                      () -> false,
                      item -> {
                        server.ask(client);
                        if (worked.incrementAndGet() == 10) {
                          throw new IllegalArgumentException("bug");
                        }
                      }))
          .hasRootCauseMessage("bug");
    }
    assertThat(worked).hasValueLessThan(items.size());
  }
}
