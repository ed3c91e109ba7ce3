package com.phonemos.scim.idp.okta;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.Person.AppRole;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import com.phonemos.scim.idp.okta.OktaShape.PushNow;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup.Identifier;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.wire.HarRecorder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every shape of Okta's requests that a document or a capture shows, byte for byte. */
final class OktaShapeTest {
  private static final OktaOptions AIW = OktaOptions.defaults(AppType.AIW).withParallel(1);
  private static final OktaOptions OIN = OktaOptions.defaults(AppType.OIN).withParallel(1);

  private final Directory directory =
      new Directory(
          new Company(
              List.of(
                  Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-US"),
                  Person.of("p-max", "max@ex.org", "Max", "Muster", "de-CH")),
              List.of(new Company.Team("t-team", "Team", Set.of("p-joe")))),
          SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z")));
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static String golden(String title) {
    return Golden.section(OktaShapeTest.class, "shapes.txt", title)
        .replace("{joe}", OktaIdentity.externalId("p-joe"))
        .replace("{joe's password}", OktaIdentity.password("p-joe"));
  }

  private String sent(OktaOptions options, Consumer<Okta> story) {
    try (Okta okta = Okta.connect(server.endpoint(), options, directory)) {
      story.accept(okta);
      return server.transcript();
    }
  }

  /** What is sent for something, after everyone and every group is there. */
  private String sentAfterwards(OktaOptions options, Consumer<Okta> story) {
    return sent(
        options,
        okta -> {
          okta.assignAll();
          okta.pushGroups();
          server.take();
          story.accept(okta);
        });
  }

  private String sentFor(OktaOptions options, Runnable change) {
    return sentAfterwards(
        options,
        okta -> {
          change.run();
          okta.sync();
        });
  }

  @Test
  void aTestOfTheConnectionReadsGroupsWhereTheyAreImported() {
    // Then
    assertThat(sent(AIW.withImportGroups(true), Okta::testConnection))
        .isEqualTo(golden("test connection with groups"));
  }

  @Test
  void anImportWalksThroughAllPages() {
    // Given
    IntStream.range(0, 201).forEach(i -> server.seedUser("{\"userName\":\"u" + i + "\"}"));
    // Then
    assertThat(sent(AIW, Okta::importEverything)).isEqualTo(golden("import"));
  }

  @Test
  void anApplicationWithEntitlements() {
    // Given
    directory
        .person("p-joe")
        .edit(joe -> joe.holding(List.of(new AppRole("r-1", "reader", "Reader"))));
    server.fail(request -> entitlements(request.target().replaceFirst(".*/scim/v2", "")));
    // When
    String session =
        sent(
            AIW.withEntitlements(true),
            okta -> {
              okta.discover();
              okta.assignAll();
            });
    // Then
    assertThat(session).startsWith(golden("entitlements"));
  }

  private static Optional<Fault> entitlements(String target) {
    return Optional.ofNullable(
            switch (target) {
              case "/ResourceTypes" ->
                  """
                  {"Resources": [
                    {"name": "User", "endpoint": "/Users",
                     "schema": "urn:ietf:params:scim:schemas:core:2.0:User"},
                    {"name": "Role", "endpoint": "/Roles",
                     "schema": "urn:okta:scim:schemas:core:1.0:Role"},
                    {"name": "Profile", "endpoint": "/Profiles",
                     "schema": "urn:okta:scim:schemas:core:1.0:Entitlement",
                     "schemaExtensions": [{"schema": "urn:acme:1.0:Profile"}]}]}
                  """;
              case "/Schemas", "/Roles?count=1&startIndex=1", "/Profiles?count=1&startIndex=1" ->
                  "{\"totalResults\": 1, \"Resources\": []}";
              case "/Roles?startIndex=1&count=100" ->
                  """
                  {"totalResults": 2, "Resources": [
                    {"id": "role-1", "displayName": "Reader"},
                    {"id": "role-2", "displayName": "Writer"}]}
                  """;
              case "/Profiles?startIndex=1&count=100" ->
                  """
                  {"totalResults": 1, "Resources": [
                    {"id": "profile-1", "displayName": "Reader", "type": "Profile"}]}
                  """;
              default -> null;
            })
        .map(body -> new Fault(200, body, Map.of()));
  }

  @Test
  void anEmailWithoutType() {
    // Given
    OktaOptions options = AIW.withShape(AIW.shape().withEmailType(false));
    // Then
    assertThat(sent(options, Okta::assignAll)).startsWith(golden("create without e-mail type"));
  }

  @Test
  void aCreationWithTitleAndDepartment() {
    // Given
    OktaOptions options = AIW.withShape(AIW.shape().withJob(true));
    directory
        .person("p-joe")
        .edit(joe ->
            joe.working(
                new Person.Job(
                    Optional.of("Engineer"),
                    Optional.of("IT"),
                    Optional.empty(),
                    Optional.empty())));
    // Then
    assertThat(sent(options, Okta::assignAll)).startsWith(golden("create with a job"));
  }

  @Test
  void aPasswordIsReplacedWithEverythingOrPatched() {
    // When
    String replaced = sentAfterwards(AIW, okta -> okta.changePassword("p-joe", "N3wSecret"));
    String patched = sentAfterwards(OIN, okta -> okta.changePassword("p-joe", "N3wSecret"));
    // Then
    assertThat(replaced).isEqualTo(golden("password, wizard-made"));
    assertThat(patched).isEqualTo(golden("password, catalogue"));
  }

  @ParameterizedTest
  @EnumSource
  void aRecordingHoldsNoChangedPassword(AppType appType) throws Exception {
    // Given
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    // When
    try (HarRecorder recorder = new HarRecorder(server.endpoint(), archive)) {
      sentAfterwards(
          OktaOptions.defaults(appType),
          okta -> {
            okta.client().listen(recorder);
            okta.changePassword("p-joe", "N3wSecret");
          });
    }
    // Then
    assertThat(archive.toString(StandardCharsets.UTF_8))
        .contains("[redacted]")
        .doesNotContain("N3wSecret");
  }

  private void joeIsThere() {
    server.seedUser(
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"JOE@ex.org\","
            + "\"nickName\":\"Jo\",\"active\":true}");
  }

  @Test
  void aUserWhoIsThereIsLinked() {
    // Given
    joeIsThere();
    // Then
    assertThat(sent(AIW, Okta::assignAll)).startsWith(golden("link a user"));
  }

  private String linkedBy(UserLookup lookup) {
    server.seedUser(
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"jd\","
            + "\"emails\":[{\"type\":\"work\",\"value\":\"joe@ex.org\"}],\"active\":true}");
    return sent(AIW.withShape(AIW.shape().withUserLookup(lookup)), Okta::assignAll);
  }

  @Test
  void aUserIsLookedUpByEmailWhereThatIdentifiesUsers() {
    // Then
    assertThat(linkedBy(new UserLookup(Identifier.EMAIL, false)))
        .startsWith(golden("link a user found by e-mail"));
  }

  @Test
  void aLookupWithPlusSignsForSpaces() {
    // Then
    assertThat(linkedBy(new UserLookup(Identifier.USER_NAME, true)))
        .startsWith(golden("look a user up, plus signs"));
  }

  @Test
  void aUserWhoIsThereIsReadBeforeTheLink() {
    // Given
    joeIsThere();
    OktaOptions options = AIW.withShape(AIW.shape().withGetBeforeLinkPut(true));
    // Then
    assertThat(sent(options, Okta::assignAll)).startsWith(golden("link a user, read before"));
  }

  @Test
  void aReturnToACatalogueApplication() {
    // When
    String session =
        sentAfterwards(
            OIN,
            okta -> {
              directory.person("p-joe").unassign();
              okta.sync();
              server.take();
              directory.person("p-joe").assign();
              okta.sync();
            });
    // Then
    assertThat(session).startsWith(golden("reactivate, catalogue"));
  }

  @Test
  void aMembershipChangeOfAWizardMadeApplicationReplacesTheGroup() {
    // Then
    assertThat(sentFor(AIW, () -> directory.group("t-team").add("p-max").rename("Crew")))
        .isEqualTo(golden("rename and join, wizard-made"));
  }

  @Test
  void membersWithoutDisplayNameInAGroupWithoutId() {
    // Given
    OktaOptions options =
        AIW.withShape(AIW.shape().withMemberDisplayNull(true).withGroupPutHasId(false));
    // Then
    assertThat(sentFor(options, () -> directory.group("t-team").add("p-max")))
        .isEqualTo(golden("join, wizard-made, null display, no id"));
  }

  @Test
  void aMembershipChangeOfACatalogueApplicationIsPatched() {
    // Then
    assertThat(
            sentFor(
                OIN, () -> directory.group("t-team").add("p-max").remove("p-joe").rename("Crew")))
        .isEqualTo(golden("rename, join and leave, catalogue"));
  }

  @Test
  void pushNowReplacesTheMembers() {
    // Then
    assertThat(sentAfterwards(OIN, okta -> okta.pushNow("t-team"))).isEqualTo(golden("push now"));
  }

  @Test
  void pushNowWithoutPath() {
    // Given
    OktaOptions options = OIN.withShape(OIN.shape().withPushNow(PushNow.WITHOUT_PATH));
    directory.group("t-team").remove("p-joe");
    // Then
    assertThat(sentAfterwards(options, okta -> okta.pushNow("t-team")))
        .isEqualTo(golden("push now without a path, empty group"));
  }

  @Test
  void aGroupThatIsUnlinkedIsDeletedOrLeft() {
    // When
    String left =
        sentAfterwards(OIN, okta -> okta.unlink("t-team", Okta.Unlink.LEAVE_IN_APPLICATION));
    String deleted =
        sentAfterwards(OIN, okta -> okta.unlink("t-team", Okta.Unlink.DELETE_IN_APPLICATION));
    // Then
    assertThat(left).isEmpty();
    assertThat(deleted).isEqualTo(golden("unlink and delete"));
  }

  private String linked(OktaOptions options) {
    return sent(
        options,
        okta -> {
          okta.assignAll();
          server.seedGroup("{\"displayName\":\"Old team\",\"members\":[{\"value\":\"u2\"}]}");
          server.take();
          okta.link("t-team", "Old team");
        });
  }

  @Test
  void aGroupThatIsLinkedTakesTheNameAndKeepsItsMembers() {
    // When
    String session = linked(OIN);
    // Then
    assertThat(session).isEqualTo(golden("link a group and rename it"));
    assertThat(server.group("g1").path("members").findValuesAsText("value"))
        .containsExactly("u2", "u1");
  }

  @Test
  void aGroupThatIsLinkedKeepsItsName() {
    // Then
    assertThat(linked(OIN.withRenameLinked(false))).isEqualTo(golden("link a group"));
  }
}
