package com.phonemos.scim.idp.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Recorded;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GenericTest {
  private static final String EVERYTHING =
      """
      {"patch":{"supported":true},"etag":{"supported":true},"pagination":{"cursor":true},
       "bulk":{"supported":true,"maxOperations":%d,"maxPayloadSize":100000}}\
      """;
  private static final String NO_PATCH = "{\"patch\":{\"supported\":false}}";

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

  private Generic generic(Directory company) {
    return Generic.connect(server.endpoint(), DirectProvider.execution().withParallel(1), company);
  }

  private static String golden(String title) {
    return Golden.section(GenericTest.class, "generic.txt", title);
  }

  private void lifecycle(Generic generic) {
    generic.setUp().forEach(step -> step.get());
    directory.person("p-joe").edit(joe -> joe.named("Joe", "Roe", "Joe Doe"));
    generic.sync();
    directory.person("p-joe").unassign();
    generic.sync();
    directory.group("t-team").delete();
    generic.sync();
  }

  @Test
  void anEndpointThatAnnouncesNothingIsSpokenToPlainly() {
    // When
    try (Generic generic = generic(directory)) {
      lifecycle(generic);
    }
    // Then
    assertThat(server.transcript()).isEqualTo(golden("nothing announced"));
  }

  @Test
  void whatIsAnnouncedIsUsed() {
    // Given
    server.announce(EVERYTHING.formatted(100));
    // When
    try (Generic generic = generic(directory)) {
      lifecycle(generic);
    }
    // Then
    List<Recorded> requests = server.take();
    assertThat(
            requests.stream()
                .map(request -> request.toString().replace(" /scim/v2", " ") + "\n")
                .reduce("", String::concat))
        .isEqualTo(golden("bulk, cursors and versions"));
    assertThat(requests)
        .filteredOn(request -> request.method().matches("PATCH|DELETE"))
        .allMatch(request ->
            request.headers().stream().map(Map.Entry::getKey).anyMatch("If-Match"::equals));
  }

  @Test
  void aResourceThatSomebodyElseChangedIsReadAgain() {
    // Given
    server.announce(EVERYTHING.formatted(100));
    try (Generic generic = generic(directory)) {
      generic.setUp().forEach(step -> step.get());
      directory.person("p-joe").changeEmail("joe@example.org");
      generic.sync();
      server.user("u1").withObject("meta").put("version", "W/\"changed\"");
      // When
      directory.person("p-joe").rename("Joe", "Roe");
      CycleReport report = generic.sync();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(report.requests().get(Purpose.USER_UPDATE)).containsOnlyKeys(200, 412);
    }
  }

  @Test
  void anEndpointWithoutPatchIsSentWholeResources() throws Exception {
    // Given
    server.announce(NO_PATCH);
    // When
    try (Generic generic = generic(directory)) {
      generic.setUp().forEach(step -> step.get());
      directory.person("p-joe").unassign();
      generic.sync();
      // Then
      assertThat(server.take())
          .extracting(Recorded::method)
          .contains("PUT")
          .doesNotContain("PATCH");
      assertThat(new Verifier(server.endpoint()).verify(generic.expected())).isEmpty();
    }
  }

  @Test
  void manyPeopleAreFoundByCursorAndCreatedInBulksWithinTheLimit() throws Exception {
    // Given
    CompanySpec spec = new CompanySpec(3, 250, 8, 2);
    Directory company = new Directory(Company.generate(spec), directory.clock());
    server.announce(EVERYTHING.formatted(60));
    company.people().stream()
        .limit(120)
        .forEach(state ->
            server.seedUser(
                "{\"userName\":\"" + state.person().userName().toUpperCase(Locale.ROOT) + "\"}"));
    try (Generic generic = generic(company)) {
      // When
      generic.testConnection();
      CycleReport stock = generic.takeStock();
      CycleReport sync = generic.sync();
      // Then
      assertThat(stock.requestCount(Purpose.IMPORT)).isEqualTo(3);
      assertThat(stock.requestCount(Purpose.BULK)).isEqualTo(3);
      assertThat(sync.requestCount(Purpose.USER_CREATE)).isZero();
      assertThat(sync.clean()).isTrue();
      assertThat(new Verifier(server.endpoint()).verify(generic.expected())).isEmpty();
    }
  }

  @Test
  void manyMembersAreSentInParts() throws Exception {
    // Given
    Directory company =
        new Directory(Company.generate(new CompanySpec(3, 250, 1, 1)), directory.clock());
    try (Generic generic = generic(company)) {
      // When
      CycleReport report = generic.sync();
      // Then
      assertThat(report.requestCount(Purpose.MEMBER_ADD)).isEqualTo(3);
      assertThat(new Verifier(server.endpoint()).verify(generic.expected())).isEmpty();
    }
  }
}
