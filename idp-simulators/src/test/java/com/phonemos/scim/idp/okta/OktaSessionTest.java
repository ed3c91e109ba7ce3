package com.phonemos.scim.idp.okta;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked sessions of Okta, and longer ones, byte for byte. */
final class OktaSessionTest {
  private final Directory directory =
      new Directory(
          new Company(
              List.of(Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-US")),
              List.of(new Company.Team("t-team", "Team", Set.of("p-joe")))),
          SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z")));
  private RecordingServer server;

  @BeforeEach
  void startServer() {
    server = new RecordingServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Okta okta(AppType type) {
    return Okta.connect(server.endpoint(), OktaOptions.defaults(type).withParallel(1), directory);
  }

  private static String golden(String name) {
    return Golden.session(OktaSessionTest.class, name)
        .replace("{externalId}", OktaIdentity.externalId("p-joe"))
        .replace("{password}", OktaIdentity.password("p-joe"));
  }

  /**
   * Ann, whose account is u2, is in the team; Joe joins, changes and leaves; the team is pushed.
   */
  private void liveThroughIt(Okta okta) {
    server.seedUser("{\"id\":\"u2\",\"userName\":\"ann@ex.org\",\"active\":true}");
    directory.person("p-joe").unassign();
    directory.hire(Person.of("p-ann", "ann@ex.org", "Ann", "Doe", "en-US"));
    directory.group("t-team").add("p-ann");
    okta.assignAll();
    server.take();
    okta.testConnection();
    directory.person("p-joe").assign();
    okta.sync();
    directory.person("p-joe").rename("Joe", "Roe");
    okta.sync();
    directory.person("p-joe").unassign();
    okta.sync();
    okta.pushGroups();
  }

  @Test
  void aWizardMadeApplicationIsTheWorkedSession() throws Exception {
    try (Okta okta = okta(AppType.AIW)) {
      // When
      liveThroughIt(okta);
      // Then
      assertThat(server.transcript()).isEqualTo(golden("aiw-session.txt"));
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void aCatalogueApplicationIsTheWorkedSession() throws Exception {
    try (Okta okta = okta(AppType.OIN)) {
      // When
      liveThroughIt(okta);
      okta.unlink("t-team", Okta.Unlink.DELETE_IN_APPLICATION);
      // Then
      assertThat(server.transcript()).isEqualTo(golden("oin-session.txt"));
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void theLifecycleOfAWizardMadeApplicationIsTheCapturedSession() throws Exception {
    try (Okta okta = okta(AppType.AIW)) {
      // When
      okta.testConnection();
      okta.assignAll();
      okta.pushGroups();
      directory.person("p-joe").rename("Joe", "Roe");
      okta.sync();
      directory.person("p-joe").unassign();
      okta.sync();
      directory.person("p-joe").assign();
      okta.sync();
      // Then
      assertThat(server.transcript()).isEqualTo(golden("aiw-lifecycle.txt"));
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void theLifecycleOfACatalogueApplicationIsTheDocumentedSession() throws Exception {
    try (Okta okta = okta(AppType.OIN)) {
      // When
      okta.assignAll();
      okta.pushGroups();
      directory.person("p-joe").unassign();
      okta.sync();
      okta.pushNow("t-team");
      directory.group("t-team").delete();
      okta.sync();
      // Then
      assertThat(server.transcript()).isEqualTo(golden("oin-lifecycle.txt"));
      assertThat(new Verifier(server.endpoint()).verify(okta.expected())).isEmpty();
    }
  }

  @Test
  void whatTheEndpointAddsSurvivesAnUpdate() {
    // Given
    try (Okta okta = okta(AppType.AIW)) {
      okta.assignAll();
      server.user("u1").put("nickName", "Jo");
      // When
      directory.person("p-joe").rename("Joe", "Roe");
      okta.sync();
      // Then
      assertThat(server.user("u1").path("nickName").asText()).isEqualTo("Jo");
    }
  }

  @Test
  void headersAreThoseOfOktaInItsOrder() {
    // Given
    try (Okta okta = okta(AppType.AIW)) {
      // When
      okta.assignAll();
      // Then
      List<RecordingServer.Recorded> requests = server.take();
      assertThat(requests.get(0).headers())
          .extracting(Map.Entry::getKey)
          .containsExactly(
              "Accept",
              "Accept-Charset",
              "User-Agent",
              "Authorization",
              "Host",
              "Connection",
              "Accept-Encoding");
      assertThat(requests.get(1).headers())
          .containsExactly(
              Map.entry("Accept", "application/scim+json"),
              Map.entry("Accept-Charset", "utf-8"),
              Map.entry("Content-Type", "application/scim+json; charset=utf-8"),
              Map.entry("User-Agent", "Okta SCIM Client 1.0.0"),
              Map.entry("Authorization", "Bearer " + RecordingServer.TOKEN),
              Map.entry("Content-Length", Integer.toString(requests.get(1).body().length())),
              Map.entry("Host", server.endpoint().authority()),
              Map.entry("Connection", "Keep-Alive"),
              Map.entry("Accept-Encoding", "gzip,deflate"));
    }
  }
}
