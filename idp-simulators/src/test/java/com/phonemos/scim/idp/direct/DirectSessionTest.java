package com.phonemos.scim.idp.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectSessionTest {
  private final Directory directory =
      new Directory(
          new Company(
              List.of(Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-US")),
              List.of(new Company.Team("t-team", "Team", Set.of("p-joe")))),
          SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z")));
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private String lifecycle(Dialect dialect) throws Exception {
    try (DirectProvider provider =
        DirectProvider.connect(
            server.endpoint(), dialect, DirectProvider.execution().withParallel(1), directory)) {
      provider.testConnection();
      provider.sync();
      directory.person("p-joe").edit(joe -> joe.named("Joe", "Roe", "Joe Doe"));
      provider.sync();
      directory.person("p-joe").unassign();
      provider.sync();
      assertThat(new Verifier(server.endpoint()).verify(provider.expected())).isEmpty();
      return server.transcript().split("GET /Users\\?startIndex", 2)[0];
    }
  }

  @Test
  void oneLoginReplacesATemplateAndLeavesItsMarksInTheTarget() throws Exception {
    // When
    String session = lifecycle(OneLogin.defaults());
    // Then
    assertThat(session).isEqualTo(Golden.session(getClass(), "onelogin.txt"));
  }

  @Test
  void oneLoginGivesAKnownPersonAGroupAsInTheCapturedSession() throws Exception {
    // Given
    server.seedUser("{\"id\":\"u1\",\"userName\":\"joe\",\"active\":true}");
    directory.person("p-joe").edit(joe -> joe.signingInAs("joe").reachedAt(Optional.empty()));
    directory.person("p-joe").unassign();
    try (DirectProvider provider =
        DirectProvider.connect(
            server.endpoint(), OneLogin.defaults(), DirectProvider.execution(), directory)) {
      provider.sync();
      server.take();
      // When
      directory.person("p-joe").assign();
      provider.sync();
      // Then
      assertThat(server.transcript()).isEqualTo(Golden.session(getClass(), "onelogin-session.txt"));
    }
  }

  @Test
  void oneLoginsMemberRequestHasTheCapturedLength() {
    // When
    String body =
        OneLogin.defaults()
            .addMembers("g1", List.of("0f3c2a9e-52d1-4d6c-9a7e-0b1f6d2c8e41"))
            .body()
            .orElseThrow()
            .toString();
    // Then
    assertThat(body).hasSize(165);
  }

  @Test
  void jumpCloudPatchesOneAttributeByOperation() throws Exception {
    // When
    String session = lifecycle(JumpCloud.defaults());
    // Then
    assertThat(session).isEqualTo(Golden.session(getClass(), "jumpcloud.txt"));
  }

  @ParameterizedTest
  @CsvSource({"SCIM,application/scim+json", "JSON,application/json"})
  void oneLoginsBodiesHaveTheTypeThatIsTyped(OneLogin.MediaType mediaType, String header) {
    // Given
    OneLogin dialect =
        new OneLogin(OneLogin.Template.STANDARD, Dialect.Departure.SUSPEND, mediaType);
    try (DirectProvider provider =
        DirectProvider.connect(server.endpoint(), dialect, DirectProvider.execution(), directory)) {
      // When
      provider.sync();
    }
    // Then
    assertThat(server.take())
        .filteredOn(request -> !request.body().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request.headers()).contains(Map.entry("Content-Type", header)));
  }

  @Test
  void noUserAgentIsSent() throws Exception {
    // Given
    lifecycle(OneLogin.defaults());
    directory.person("p-joe").assign();
    // When
    try (DirectProvider provider =
        DirectProvider.connect(
            server.endpoint(), OneLogin.defaults(), DirectProvider.execution(), directory)) {
      provider.testConnection();
    }
    // Then
    assertThat(server.take().getFirst().headers())
        .extracting(Map.Entry::getKey)
        .containsExactly("Host", "Authorization");
  }
}
