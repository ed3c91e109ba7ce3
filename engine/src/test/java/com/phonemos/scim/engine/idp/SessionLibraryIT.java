package com.phonemos.scim.engine.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.replay.Comparison;
import com.phonemos.scim.conformance.replay.Difference;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.replay.Shrinker;
import com.phonemos.scim.conformance.wire.ScimClient;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every session of the library means today what it meant when it was recorded. */
class SessionLibraryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Stream<Path> sessions() {
    return SessionLibrary.all().stream();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void isAnsweredAsItWasRecorded(Path session) throws IOException {
    // When
    List<Difference> differences = replay(HarReader.all(session), SessionLibrary.tenant(session));
    // Then
    assertThat(differences).isEmpty();
  }

  /**
   * A tenant that is not told of Entra takes its replacement of members for one, and loses some.
   */
  @Test
  void aChangeOfBehaviourIsFoundAndShrunkToItsCause() throws IOException {
    // Given
    List<HarEntry> session =
        HarReader.all(
            SessionLibrary.at(SessionLibrary.FOLDER, Simulator.ENTRA_FLAG, Scenario.REORG));
    List<Difference> found = replay(session, TestEngine.tenant());
    // When
    List<HarEntry> small =
        new Shrinker(candidate -> replay(candidate, TestEngine.tenant()))
            .shrink(session, found, found.getFirst());
    // Then
    assertThat(found.getFirst().place()).startsWith("/members/");
    assertThat(found.getFirst().live()).isEqualTo("absent");
    assertThat(small).extracting(HarEntry::method).contains("POST", "PATCH");
    assertThat(small).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void everyProviderIsThereInEveryScenario() {
    // When
    List<Path> all = SessionLibrary.all();
    // Then
    assertThat(all)
        .containsAll(
            Arrays.stream(Simulator.values())
                .flatMap(simulator ->
                    Arrays.stream(Scenario.values())
                        .map(scenario ->
                            SessionLibrary.at(SessionLibrary.FOLDER, simulator, scenario)))
                .toList());
  }

  static List<Difference> replay(List<HarEntry> session, ScimTenant tenant) throws IOException {
    List<Difference> differences = new ArrayList<>();
    int played =
        new Replayer(
                new ScimClient(URI.create(tenant.base()), PATIENCE),
                recorded -> tenant.token(),
                new Comparison(List.of()),
                false,
                (number, recorded, live, found) -> differences.addAll(found))
            .play(Replayer.Source.of(session));
    assertThat(played).isEqualTo(session.size()).isPositive();
    return differences;
  }
}
