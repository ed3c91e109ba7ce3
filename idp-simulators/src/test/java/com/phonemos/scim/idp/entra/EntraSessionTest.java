package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked sessions of Entra, byte for byte. */
final class EntraSessionTest {
  private static final String TEAM = "8aa10000-0000-4000-8000-000000000001";
  private static final Person JOE = Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-GB");
  private static final Person ANN = Person.of("p-ann", "ann@ex.org", "Ann", "Doe", "de-CH");

  private final SimulationClock clock =
      SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
  private final Directory directory =
      new Directory(
          new Company(
              List.of(JOE, ANN),
              List.of(
                  new Company.Team(TEAM, "Team", new LinkedHashSet<>(List.of("p-joe", "p-ann"))))),
          clock);
  private RecordingServer server;

  @BeforeEach
  void startServerThatKnowsAnnWithoutLanguageInOtherLetterCase() {
    server = new RecordingServer();
    server.seedUser(
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ANN@ex.org",
         "id":"u2","active":true,"displayName":"Ann Doe",
         "emails":[{"primary":true,"type":"work","value":"ann@ex.org"}],
         "name":{"formatted":"Ann Doe","familyName":"Doe","givenName":"Ann"}}\
        """);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Entra entra(Dialect dialect) {
    return Entra.connect(
        server.endpoint(), EntraOptions.defaults().withDialect(dialect).withParallel(1), directory);
  }

  @Test
  void theDefaultDialectIsTheWorkedSession() throws Exception {
    try (Entra entra = entra(Dialect.DEFAULT)) {
      // When
      liveThroughIt(entra);
      // Then
      assertThat(session()).isEqualTo(Golden.session(getClass(), "default-session.txt"));
      assertThat(new Verifier(server.endpoint()).verify(entra.expected())).isEmpty();
    }
  }

  @Test
  void theFlagDialectIsTheWorkedSession() {
    try (Entra entra = entra(Dialect.FLAG)) {
      // When
      liveThroughIt(entra);
      directory.group(TEAM).add("p-ann");
      assertThat(entra.incrementalCycle().clean()).isTrue();
      // Then
      assertThat(session()).isEqualTo(Golden.session(getClass(), "flag-session.txt"));
    }
  }

  private void liveThroughIt(Entra entra) {
    List<CycleReport> reports = new ArrayList<>();
    entra.setUp().forEach(step -> reports.add(step.get()));
    directory.person("p-ann").edit(ann -> ann.named("Ann", "Roe", "Ann Doe"));
    directory.person("p-joe").leave();
    directory.group(TEAM).remove("p-ann");
    reports.add(entra.incrementalCycle());
    clock.advance(Duration.ofDays(30));
    reports.add(entra.incrementalCycle());
    assertThat(reports).allMatch(CycleReport::clean);
  }

  private String session() {
    return server.transcript().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}%", "{guid}%");
  }

  @Test
  void anUnchangedDirectoryCausesNoRequestButTheProbe() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      entra.initialCycle();
      server.take();
      // When
      CycleReport report = entra.incrementalCycle();
      // Then
      assertThat(report.requestCount(Purpose.PROBE)).isEqualTo(2);
      assertThat(server.take()).hasSize(2);
    }
  }

  @Test
  void anAttributeThatBecameEmptyIsNeverSent() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      entra.initialCycle();
      server.take();
      // When
      directory.person("p-joe").clearEmail();
      entra.incrementalCycle();
      // Then
      assertThat(server.transcript()).isEqualTo("GET /Users/u1\n");
    }
  }

  @Test
  void aPersonIsDeletedThirtyDaysAfterLeaving() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      entra.initialCycle();
      directory.person("p-joe").leave();
      entra.incrementalCycle();
      server.take();
      // When
      clock.advance(Duration.ofDays(30));
      entra.incrementalCycle();
      // Then
      assertThat(server.transcript()).isEqualTo("DELETE /Users/u1\n");
    }
  }

  @Test
  void aPersonWhoWasUnassignedBeforeIsNotDeleted() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      entra.initialCycle();
      directory.person("p-joe").unassign();
      entra.incrementalCycle();
      directory.person("p-joe").leave();
      server.take();
      // When
      clock.advance(Duration.ofDays(30));
      entra.incrementalCycle();
      // Then
      assertThat(server.take()).isEmpty();
    }
  }

  @Test
  void aPersonWhoComesBackIsSwitchedOnUnderTheSameId() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      entra.initialCycle();
      directory.person("p-joe").leave();
      entra.incrementalCycle();
      server.take();
      // When
      directory.person("p-joe").comeBack();
      entra.incrementalCycle();
      // Then
      assertThat(server.transcript())
          .isEqualTo(
              """
              GET /Users/u1
              PATCH /Users/u1
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"True"}]}
              """);
    }
  }

  @Test
  void headersAreThoseOfEntraAndNothingElse() {
    // Given
    try (Entra entra = entra(Dialect.DEFAULT)) {
      // When
      entra.initialCycle();
      // Then
      List<RecordingServer.Recorded> requests = server.take();
      assertThat(requests.get(0).headers())
          .extracting(Map.Entry::getKey)
          .containsExactly("Authorization", "Host");
      assertThat(requests.get(1).headers())
          .extracting(Map.Entry::getKey)
          .containsExactly("Authorization", "Content-Type", "Host", "Content-Length");
      assertThat(requests.get(1).headers())
          .contains(
              Map.entry("Authorization", "Bearer " + RecordingServer.TOKEN),
              Map.entry("Content-Type", "application/scim+json; charset=utf-8"));
    }
  }
}
