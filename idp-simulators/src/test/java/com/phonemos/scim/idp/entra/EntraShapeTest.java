package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.Person.Address;
import com.phonemos.scim.idp.directory.Person.AppRole;
import com.phonemos.scim.idp.directory.Person.Contact;
import com.phonemos.scim.idp.directory.Person.Job;
import com.phonemos.scim.idp.directory.PersonEntry;
import com.phonemos.scim.idp.entra.EntraScope.AppRoles;
import com.phonemos.scim.idp.entra.EntraScope.Mapping;
import com.phonemos.scim.idp.entra.EntraScope.Matching;
import com.phonemos.scim.idp.entra.EntraShape.Application;
import com.phonemos.scim.idp.entra.EntraShape.BooleanStyle;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.entra.EntraShape.Edition;
import com.phonemos.scim.idp.entra.EntraShape.KeyOrder;
import com.phonemos.scim.idp.entra.EntraShape.Managers;
import com.phonemos.scim.idp.entra.EntraShape.Managers.FlagValue;
import com.phonemos.scim.idp.entra.EntraShape.Managers.Removal;
import com.phonemos.scim.idp.entra.EntraShape.Members;
import com.phonemos.scim.idp.entra.EntraShape.Members.DollarRef;
import com.phonemos.scim.idp.entra.EntraShape.Members.FlagAdd;
import com.phonemos.scim.idp.testing.Golden;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape of Entra's requests that a document or a capture shows, byte for byte. */
final class EntraShapeTest {
  private static final EntraOptions DEFAULT = EntraOptions.defaults().withParallel(1);
  private static final EntraOptions FLAG = DEFAULT.withDialect(Dialect.FLAG);
  private static final EntraOptions OLDER = DEFAULT.with(EntraShape.defaults().with(Edition.OLDER));
  private static final EntraOptions FULL = DEFAULT.withMapping(Mapping.FULL);

  private static final Collector<CharSequence, ?, String> LINES =
      Collectors.collectingAndThen(Collectors.joining("\n"), text -> text + "\n");

  private final SimulationClock clock =
      SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
  private final Directory directory =
      new Directory(
          new Company(
              List.of(
                  Person.of("p-joe", "joe@ex.org", "Joe", "Doe", "en-GB"),
                  Person.of("p-max", "max@ex.org", "Max", "Muster", "de-CH")),
              List.of(new Company.Team("t-team", "Team", Set.of("p-joe")))),
          clock);
  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static String golden(String title) {
    String section = Golden.section(EntraShapeTest.class, "shapes.txt", title);
    for (int probe = 1; section.contains("{" + probe + "}"); probe++) {
      // The random name of a probe, decided by the company here.
      byte[] seed = ("p-joe" + probe).getBytes(StandardCharsets.UTF_8);
      section = section.replace("{" + probe + "}", UUID.nameUUIDFromBytes(seed).toString());
    }
    return section;
  }

  private PersonEntry joe() {
    return directory.person("p-joe");
  }

  /** What a job sends for something, after everyone and every group is there. */
  private String sent(EntraOptions options, Consumer<Entra> then) {
    try (Entra entra = Entra.connect(server.endpoint(), options, directory)) {
      entra.initialCycle();
      server.take();
      then.accept(entra);
      return server.transcript();
    }
  }

  /** What a job sends for a change in the directory. */
  private String sentFor(EntraOptions options, Runnable change) {
    return sent(
        options,
        entra -> {
          change.run();
          entra.incrementalCycle();
        });
  }

  /** What a job sends first of all about Joe. */
  private String created(EntraOptions options) {
    return created(options, 3);
  }

  private String created(EntraOptions options, int lines) {
    try (Entra entra = Entra.connect(server.endpoint(), options, directory)) {
      entra.initialCycle();
      return server.transcript().lines().limit(lines).collect(LINES);
    }
  }

  private void joeHasEverything() {
    joe()
        .edit(joe ->
            joe.working(
                    new Job(
                        Optional.of("Chef"),
                        Optional.of("Kitchen"),
                        Optional.of("7"),
                        Optional.empty()))
                .foundAt(
                    new Contact(
                        Optional.of("B2"),
                        Optional.of(new Address("1 Rue", "Bern", "BE", "3011", "CH")),
                        Optional.of("+41 31 555 0101"),
                        Optional.of("+41 79 555 0101"),
                        Optional.empty())));
  }

  private void managedBy(Optional<String> manager) {
    joe()
        .edit(joe ->
            joe.working(new Job(Optional.empty(), Optional.empty(), Optional.empty(), manager)));
  }

  private String managed(EntraOptions options) {
    return sent(
        options.withMapping(Mapping.FULL),
        entra -> {
          directory.hire(Person.of("p-mia", "mia@ex.org", "Mia", "Moe", "de-CH"));
          entra.incrementalCycle();
          server.take();
          managedBy(Optional.of("p-max"));
          entra.incrementalCycle();
          managedBy(Optional.of("p-mia"));
          entra.incrementalCycle();
          managedBy(Optional.empty());
          entra.incrementalCycle();
        });
  }

  @Test
  void aTestOfTheConnection() {
    // When
    String session = sent(DEFAULT, Entra::testConnection);
    // Then
    assertThat(session).isEqualTo(golden("test connection"));
  }

  @Test
  void lookupsByOtherAttributes() {
    // When
    String byExternalId = created(DEFAULT.withMatching(Matching.EXTERNAL_ID));
    String byEmail = created(DEFAULT.withMatching(Matching.WORK_EMAIL));
    // Then
    assertThat(byExternalId).isEqualTo(golden("matching by externalId"));
    assertThat(byEmail).startsWith(golden("matching by e-mail"));
  }

  @Test
  void lookupsByOneAttributeAfterTheOther() {
    // Given
    EntraOptions options = DEFAULT.withMatching(Matching.EXTERNAL_ID, Matching.USER_NAME);
    // Then
    assertThat(created(options, 4)).isEqualTo(golden("several matching attributes"));
  }

  @Test
  void anApplicationOfTheGallery() {
    // Given
    EntraOptions options = FLAG.with(FLAG.shape().with(Application.GALLERY));
    // When
    String test = sent(options, Entra::testConnection);
    String update = sentFor(options, () -> joe().changeEmail("joe.roe@ex.org"));
    // Then
    assertThat(test).isEqualTo(golden("application of the gallery, test connection"));
    assertThat(update).isEqualTo(golden("application of the gallery, update"));
  }

  @ParameterizedTest
  @CsvSource({
    "SINGLE, DEFAULT, 'application roles, single'",
    "SINGLE, FLAG, 'application roles, single, flag'",
    "COMPLEX, DEFAULT, 'application roles, complex'",
    "COMPLEX, FLAG, 'application roles, complex, flag'",
    "ASSERTIVE, DEFAULT, 'application roles, assertive'",
    "ASSERTIVE, FLAG, 'application roles, assertive'",
  })
  void rolesOfTheApplication(AppRoles roles, Dialect dialect, String title) {
    // Given
    AppRole admin = new AppRole("06b07648-ecfe-599f-9d2f-6325724a46ee", "Admin", "Admin");
    AppRole other = new AppRole("06b07648-ecfe-589f-9d2f-6325724a46ee", "25", "Role1234");
    joe().edit(joe -> joe.holding(List.of(admin)));
    EntraOptions options = DEFAULT.withDialect(dialect).withRoles(roles);
    // When
    try (Entra entra = Entra.connect(server.endpoint(), options, directory)) {
      entra.initialCycle();
      String created = server.transcript().lines().skip(1).limit(2).collect(LINES);
      server.take();
      joe().edit(joe -> joe.holding(List.of(other, admin)));
      entra.incrementalCycle();
      String changed = server.transcript();
      server.take();
      joe().changeEmail("joe@ex.org");
      entra.incrementalCycle();
      // Then
      assertThat(created + changed).isEqualTo(golden(title));
      assertThat(server.take())
          .as("what is there already is not sent again")
          .noneMatch(request -> request.method().equals("PATCH"));
    }
  }

  @Test
  void charactersThatNeedEncoding() {
    // Given
    joe().changeUserName("joe.o'brien+x\"\\ü@ex.org");
    // When
    String session = created(DEFAULT);
    // Then
    assertThat(session).startsWith(golden("a lookup with an apostrophe, a plus sign and more"));
  }

  @Test
  void aCreationWithTheWholeDefaultMapping() {
    // Given
    joeHasEverything();
    // Then
    assertThat(created(FULL)).isEqualTo(golden("create with the whole default mapping"));
  }

  @Test
  void anInitialCycleAsInAnOlderEdition() {
    // When
    try (Entra entra = Entra.connect(server.endpoint(), OLDER, directory)) {
      entra.initialCycle();
    }
    // Then
    assertThat(server.transcript()).isEqualTo(golden("initial cycle, older edition"));
  }

  @Test
  void aCreationThatNamesNoSchemaInVain() {
    // When
    String session = created(DEFAULT.with(EntraShape.defaults().withEnterpriseUrn(false)));
    // Then
    assertThat(session).isEqualTo(golden("create without the enterprise schema"));
  }

  private static EntraOptions custom(EntraOptions options) {
    return options.with(
        options
            .scope()
            .withCustom(
                Optional.of(
                    new AttributePath(
                        "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User"
                            + ":CustomAttribute"))));
  }

  private void joeIsNumber(String number) {
    joe()
        .edit(joe ->
            joe.working(
                new Job(
                    Optional.empty(), Optional.empty(), Optional.of(number), Optional.empty())));
  }

  @Test
  void aCreationWithAnAttributeOfAnExtensionOfOnesOwn() {
    // Given
    joeIsNumber("701984");
    // Then
    assertThat(created(custom(DEFAULT))).isEqualTo(golden("create with a custom attribute"));
  }

  private String numbered(EntraOptions options) {
    return sent(
        custom(options),
        entra -> {
          joeIsNumber("701984");
          entra.incrementalCycle();
          joeIsNumber("701985");
          joe().edit(joe -> joe.speaking(Optional.of("fr-CH")));
          entra.incrementalCycle();
        });
  }

  @Test
  void anAttributeOfAnExtensionOfOnesOwnIsAddedAndReplaced() {
    // Then
    assertThat(numbered(DEFAULT)).isEqualTo(golden("custom attribute, default"));
  }

  @Test
  void anAttributeOfAnExtensionOfOnesOwnIsAddedAndReplacedInTheFlagDialect() {
    // Then
    assertThat(numbered(FLAG)).isEqualTo(golden("custom attribute, flag"));
  }

  private void joeMarriesAndMoves() {
    joe().rename("Joe", "Roe").changeEmail("joe.roe@ex.org").changeUserName("joe.roe@ex.org");
  }

  @Test
  void anUpdateOfSeveralAttributes() {
    // Then
    assertThat(sentFor(DEFAULT, this::joeMarriesAndMoves)).isEqualTo(golden("update, default"));
  }

  @Test
  void anUpdateOfSeveralAttributesInTheFlagDialect() {
    // Then
    assertThat(sentFor(FLAG, this::joeMarriesAndMoves)).isEqualTo(golden("update, flag"));
  }

  @Test
  void attributesThatWereNotThereAreAdded() {
    // Then
    assertThat(sentFor(FULL, this::joeHasEverything)).isEqualTo(golden("add, default"));
  }

  @Test
  void attributesThatWereNotThereAreAddedInTheFlagDialect() {
    // Then
    assertThat(sentFor(FULL.withDialect(Dialect.FLAG), this::joeHasEverything))
        .isEqualTo(golden("add, flag"));
  }

  @Test
  void aSingleAddedAttributeKeepsItsPathInTheFlagDialect() {
    // Given
    joe().edit(joe -> joe.speaking(Optional.empty()));
    // When
    String session = sentFor(FLAG, () -> joe().edit(joe -> joe.speaking(Optional.of("fr-CH"))));
    // Then
    assertThat(session).isEqualTo(golden("add one, flag"));
  }

  @Test
  void keysInOneOrderOnly() {
    // When
    EntraShape first = EntraShape.defaults().with(KeyOrder.OPERATIONS_FIRST);
    String session = sentFor(DEFAULT.with(first), () -> joe().unassign());
    // Then
    assertThat(session).isEqualTo(golden("disable, operations first"));
  }

  @Test
  void disablingInTheFlagDialect() {
    // Then
    assertThat(sentFor(FLAG, () -> joe().unassign())).isEqualTo(golden("disable, flag"));
  }

  @Test
  void otherBooleans() {
    // When
    String lower =
        sentFor(
            DEFAULT.with(EntraShape.defaults().with(BooleanStyle.LOWER_TEXT)),
            () -> joe().disable());
    String json =
        sentFor(
            DEFAULT.with(EntraShape.defaults().with(BooleanStyle.JSON)),
            () -> directory.person("p-max").disable());
    // Then
    assertThat(lower).isEqualTo(golden("disable, lower-case text"));
    assertThat(json).isEqualTo(golden("disable, JSON"));
  }

  @Test
  void aManagerIsPlainText() {
    // Then
    assertThat(managed(DEFAULT)).isEqualTo(golden("manager, default"));
  }

  @Test
  void aManagerIsPlainTextInTheFlagDialect() {
    // Then
    assertThat(managed(FLAG)).isEqualTo(golden("manager, flag"));
  }

  @Test
  void aManagerIsAnObjectInRunsOfTheValidator() {
    // Given
    Managers managers = new Managers(FlagValue.OBJECT, Removal.EMPTY_OBJECT);
    // Then
    assertThat(managed(FLAG.with(FLAG.shape().with(managers))))
        .isEqualTo(golden("manager, flag, objects"));
  }

  @Test
  void aManagerIsRemovedByAFilterWithoutUrn() {
    // Given
    Managers managers = new Managers(FlagValue.TEXT, Removal.FILTERED);
    // Then
    assertThat(managed(FLAG.with(FLAG.shape().with(managers))))
        .isEqualTo(golden("manager, flag, filtered removal"));
  }

  @Test
  void aManagerIsAListOfReferencesInAnOlderEdition() {
    // Then
    assertThat(managed(OLDER).replace(server.endpoint().base().toString(), "{base}"))
        .isEqualTo(golden("manager, older edition"));
  }

  @Test
  void aGroupThatIsThereTakesTheDirectorysIdentifier() {
    // Given
    server.seedGroup("{\"displayName\":\"Team\",\"externalId\":\"other\"}");
    // When
    try (Entra entra = Entra.connect(server.endpoint(), FLAG, directory)) {
      entra.initialCycle();
    }
    // Then
    assertThat(server.transcript()).contains(golden("match a group, flag"));
  }

  @Test
  void withoutActiveWhoLosesAccessIsDeleted() {
    // When
    String session =
        sent(
            DEFAULT.withActive(false),
            entra -> {
              joe().unassign();
              entra.incrementalCycle();
              joe().assign();
              entra.incrementalCycle();
            });
    // Then
    assertThat(session).isEqualTo(golden("leave and come back, active not mapped"));
  }

  @Test
  void aGroupIsRenamedAndDeleted() {
    // When
    Consumer<Entra> story =
        entra -> {
          directory.group("t-team").rename("Crew");
          entra.incrementalCycle();
          directory.group("t-team").delete();
          entra.incrementalCycle();
        };
    // Then
    assertThat(sent(DEFAULT, story)).isEqualTo(golden("rename and delete a group, default"));
  }

  @Test
  void aGroupIsRenamedInTheFlagDialect() {
    // Then
    assertThat(sentFor(FLAG, () -> directory.group("t-team").rename("Crew")))
        .isEqualTo(golden("rename a group, flag"));
  }

  private String membersOf(EntraOptions options) {
    return sentFor(options, () -> directory.group("t-team").add("p-max").remove("p-joe"));
  }

  @Test
  void membersCarryANullReferenceAlwaysOrNever() {
    // Given
    EntraShape shape = EntraShape.defaults();
    // When
    String always =
        membersOf(DEFAULT.with(shape.with(new Members(DollarRef.ALWAYS, FlagAdd.ADD, 1))));
    // Then
    assertThat(always).isEqualTo(golden("members, $ref always"));
  }

  @Test
  void membersCarryNoReference() {
    // Given
    EntraShape shape = EntraShape.defaults();
    // Then
    assertThat(membersOf(DEFAULT.with(shape.with(new Members(DollarRef.NEVER, FlagAdd.ADD, 1)))))
        .isEqualTo(golden("members, $ref never"));
  }

  @Test
  void membersAreAddedByAddInTheFlagDialectOfTheValidator() {
    // Given
    EntraShape shape = FLAG.shape().with(new Members(DollarRef.ON_ADD, FlagAdd.ADD, 1));
    // Then
    assertThat(membersOf(FLAG.with(shape))).isEqualTo(golden("members, flag, add"));
  }

  @Test
  void severalMembersInOneRequest() {
    // Given
    EntraShape shape = EntraShape.defaults().with(new Members(DollarRef.NEVER, FlagAdd.ADD, 50));
    // When
    String session =
        sent(
            DEFAULT.with(shape),
            entra -> {
              directory.createGroup(
                  "t-all", "All", directory.group("t-team").add("p-max").state().members());
              entra.incrementalCycle();
            });
    // Then
    assertThat(session).endsWith(golden("several members in one request"));
  }

  @Test
  void provisioningOnDemandUsesTheDefaultDialectEvenWithTheFlag() {
    // When
    String session =
        sent(
            FLAG,
            entra -> {
              joe().rename("Joe", "Roe");
              entra.provisionOnDemand("p-joe");
              joe().unassign();
              entra.provisionOnDemand("p-joe");
            });
    // Then
    assertThat(session).isEqualTo(golden("on demand, a person"));
  }

  @Test
  void aGroupIsProvisionedOnDemandWithItsChosenMembers() {
    // When
    String session =
        sent(
            FLAG,
            entra -> {
              directory.group("t-team").add("p-max");
              entra.provisionOnDemand("t-team", List.of("p-max"));
            });
    // Then
    assertThat(session).isEqualTo(golden("on demand, a group"));
  }

  @Test
  void moreThanFiveMembersCannotBeChosen() {
    // Given
    List<String> six = Collections.nCopies(6, "p-max");
    try (Entra entra = Entra.connect(server.endpoint(), DEFAULT, directory)) {
      // Then
      assertThatThrownBy(() -> entra.provisionOnDemand("t-team", six))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whoIsBlockedOrDeletedIsLeftAloneOnDemand() {
    // Given
    joe().disable();
    try (Entra entra = Entra.connect(server.endpoint(), DEFAULT, directory)) {
      // When
      String problems = entra.provisionOnDemand("p-joe").problems().toString();
      // Then
      assertThat(problems).contains("skipped");
      assertThat(server.take()).hasSize(2);
    }
  }

  @Test
  void deletionsOutOfScopeCanBeSkipped() {
    // Given
    EntraOptions options = DEFAULT.with(EntraRules.defaults().skippingOutOfScopeDeletions());
    // Then
    assertThat(sentFor(options, () -> joe().leave())).isEmpty();
  }

  @Test
  void theFlagCanReachTheWire() {
    // Given
    Endpoint flagged =
        Endpoint.of(
            URI.create(server.endpoint().base() + "?aadOptscim062020"), RecordingServer.TOKEN);
    EntraOptions options = DEFAULT.with(EntraRules.defaults().withFlagOnTheWire());
    try (Entra entra = Entra.connect(flagged, options, directory);
        Entra usual = Entra.connect(flagged, DEFAULT, directory)) {
      // When
      entra.initialCycle();
      String session = server.transcript();
      usual.initialCycle();
      // Then
      assertThat(session).startsWith(golden("the flag on the wire"));
      assertThat(server.transcript()).doesNotContain("aadOptscim062020");
    }
  }

  @Test
  void aRestartLooksEverythingUpAgainAndCreatesNothing() {
    // When
    String session = sent(DEFAULT, Entra::initialCycle);
    // Then
    assertThat(session).isEqualTo(golden("restart"));
  }

  @Test
  void whoComesBackBeforeThirtyDaysKeepsTheAccount() {
    // When
    String session =
        sent(
            DEFAULT,
            entra -> {
              joe().leave();
              entra.incrementalCycle();
              clock.advance(Duration.ofDays(29));
              joe().comeBack();
              entra.incrementalCycle();
            });
    // Then
    assertThat(session).isEqualTo(golden("leave and come back"));
  }
}
