package com.phonemos.scim.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();

  @BeforeAll
  static void prepare(@TempDir Path folder) {
    ENVIRONMENT.put("PHONEMOS_SCIM_DATABASE_URL", TestPostgres.createEmptyDatabase());
    ENVIRONMENT.put("PHONEMOS_SCIM_DATA_DIR", folder.toString());
    ENVIRONMENT.put("PHONEMOS_SCIM_BASE_URL", "https://scim.example.com");
    ENVIRONMENT.put("CLIENT_SECRET", "t0psecret");
  }

  @Test
  void creatingATenantPrintsJustItsId() {
    // When
    Ended ended = run("tenant", "create", "alone");
    // Then
    assertThat(ended.status()).isZero();
    assertThat(UUID.fromString(ended.out().strip())).isNotNull();
    assertThat(ended.err()).contains("changes are kept due");
  }

  @Test
  void aTenantWithKeycloakIsListedWithoutItsSecret() {
    // Given
    run(
        "tenant",
        "create",
        "pushed",
        "--keycloak-url=https://id.example.com/",
        "--keycloak-realm=acme",
        "--keycloak-client-id=scim",
        "--keycloak-client-secret-env=CLIENT_SECRET");
    // When
    Ended ended = run("tenant", "list");
    // Then
    assertThat(ended.out())
        .contains("https://id.example.com/realms/acme")
        .doesNotContain("t0psecret");
  }

  @Test
  void anOAuthClientIsCreatedListedGivenAnotherSecretAndDeleted() {
    // Given
    run("tenant", "create", "oauth");
    // When
    Ended created = run("oauth", "create", "oauth", "--label", "Entra");
    Ended listed = run("oauth", "list", "oauth");
    String client = uuids(listed.out()).getFirst();
    String secret = uuids(listed.out()).get(1);
    Ended added = run("oauth", "add-secret", "oauth", client, "--expires-days", "0");
    Ended removed = run("oauth", "remove-secret", "oauth", client, secret);
    Ended federated =
        run(
            "oauth",
            "federate",
            "oauth",
            "--issuer",
            "https://login.example.com/v2.0",
            "--subject",
            "s",
            "--audience",
            "a");
    String all = run("oauth", "list", "oauth", "--json").out();
    Ended deleted = run("oauth", "delete", "oauth", client);
    // Then
    assertThat(created.status()).isZero();
    assertThat(created.err()).contains("/_api/scim/oauth2/token", client);
    assertThat(BearerToken.wellFormed(created.out().strip())).isTrue();
    assertThat(listed.out()).contains("Entra").doesNotContain(created.out().strip());
    assertThat(added.err()).contains("valid until it is removed");
    assertThat(removed.status()).isZero();
    assertThat(uuids(federated.out())).hasSize(1);
    assertThat(all).contains("https://login.example.com/v2.0").doesNotContain(secret);
    assertThat(deleted.status()).isZero();
    assertThat(run("oauth", "delete", "oauth", client).err()).contains("is none of oauth");
  }

  private static List<String> uuids(String text) {
    return Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void aRecordingIsStartedListedFetchedStoppedAndDeleted(@TempDir Path folder) throws IOException {
    // Given
    run("tenant", "create", "recorded");
    Path file = folder.resolve("session.har");
    // When
    Ended started = run("tenant", "record", "recorded", "--for", "2h", "--max-size", "16MiB");
    String id = started.out().strip();
    Ended again = run("tenant", "record", "recorded", "--for", "2h");
    Ended listed = run("recording", "list", "recorded");
    Ended fetched = run("recording", "fetch", "recorded", id, "--to", file.toString());
    Ended stopped = run("recording", "stop", "recorded", id);
    String ended = run("recording", "list", "recorded", "--json").out();
    Ended deleted = run("recording", "delete", "recorded", id);
    // Then
    assertThat(started.status()).isZero();
    assertThat(started.err()).contains("recording fetch recorded " + id);
    assertThat(again.status()).isEqualTo(3);
    assertThat(listed.out()).containsPattern(id + " +on ");
    assertThat(fetched.status()).isZero();
    assertThat(Files.readString(file)).startsWith("{\"log\":{\"version\":\"1.2\"");
    assertThat(stopped.status()).isZero();
    assertThat(ended).contains("\"on\" : false", "\"mostBytes\" : 16777216");
    assertThat(deleted.status()).isZero();
    assertThat(run("recording", "stop", "recorded", id).err()).contains("is none of recorded");
  }

  @Test
  void aRecordingHasALimitThatMakesSense() {
    // When
    Ended noTime = run("tenant", "record", "recorded", "--for", "soon");
    Ended tooLong = run("tenant", "record", "recorded", "--for", "8d");
    Ended noSize = run("tenant", "record", "recorded", "--for", "2h", "--max-size", "big");
    // Then
    assertThat(noTime.status()).isEqualTo(2);
    assertThat(noTime.err()).contains("such as 30m or 2h");
    assertThat(tooLong.status()).isEqualTo(2);
    assertThat(tooLong.err()).contains("up to 7 days");
    assertThat(noSize.status()).isEqualTo(2);
    assertThat(noSize.err()).contains("such as 64MiB");
  }

  @Test
  void aStagedTenantIsReleasedAndHeldAgain() {
    // Given
    Ended created = run("tenant", "create", "quiet", "--staged");
    // When
    String listed = run("tenant", "list").out();
    Ended released = run("push", "release", "quiet");
    Ended again = run("push", "release", "quiet");
    Ended held = run("push", "hold", "quiet");
    // Then
    assertThat(created.err()).contains("staged", "push plan");
    assertThat(listed).containsPattern("quiet +\\S+ +staged");
    assertThat(released.status()).isZero();
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err()).contains("quiet is not staged");
    assertThat(held.status()).isZero();
    assertThat(run("push", "list", "quiet").err()).contains("staged", "push release");
  }

  @Test
  void withoutAKeycloakThereIsNothingToPlan() {
    // Given
    run("tenant", "create", "homeless", "--staged");
    // When
    Ended ended = run("push", "plan", "homeless");
    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("homeless has none");
  }

  @Test
  void aTakenSlugIsRefused() {
    // Given
    run("tenant", "create", "taken");
    // When
    Ended ended = run("tenant", "create", "taken");
    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("there is a tenant taken already");
  }

  @Test
  void aRotatedTokenEndsWhenTheOverlapIsOver() {
    // Given
    run("tenant", "create", "rotating");
    final String first = run("token", "issue", "rotating", "--expires-days", "0").out().strip();
    String id = run("token", "list", "rotating").out().lines().skip(1).findFirst().orElseThrow();
    // When
    Ended rotated = run("token", "rotate", "rotating", id.split(" ", 2)[0], "--overlap-hours", "0");
    // Then
    assertThat(BearerToken.wellFormed(rotated.out().strip())).isTrue();
    assertThat(rotated.out()).doesNotContain(first);
    assertThat(run("token", "list", "rotating").out().lines().skip(1))
        .satisfiesExactly(
            old -> assertThat(old).contains("expired"),
            successor -> assertThat(successor).contains("active"));
  }

  @Test
  void aTenantIsDeletedOnceItIsDisabledAndExported(@TempDir Path folder) throws IOException {
    // Given
    run("tenant", "create", "leaving");
    Path file = folder.resolve("leaving.ndjson");
    String[] delete = {
      "tenant", "delete", "leaving", "--confirm", "leaving", "--export", file.toString()
    };
    // When
    Ended early = run(delete);
    run("tenant", "disable", "leaving");
    Ended unsure = run("tenant", "delete", "leaving", "--confirm", "staying");
    Ended deleted = run(delete);
    // Then
    assertThat(early.status()).isEqualTo(3);
    assertThat(early.err()).contains("leaving is served", "tenant disable");
    assertThat(unsure.status()).isEqualTo(2);
    assertThat(deleted.status()).describedAs(deleted.err()).isZero();
    assertThat(Files.readString(file)).contains("\"slug\":\"leaving\"");
    assertThat(run("tenant", "list").out()).doesNotContain("leaving");
  }

  @Test
  void whoIsServedAgainIsStaged() {
    // Given
    run("tenant", "create", "pausing");
    run("tenant", "disable", "pausing");
    // When
    Ended enabled = run("tenant", "enable", "pausing");
    // Then
    assertThat(enabled.err()).contains("push release");
    assertThat(run("tenant", "list").out()).containsPattern("pausing +\\S+ +staged");
  }

  @Test
  void aKeycloakThatCannotBePushedToIsToldFromTheFirstStepThatFails() {
    // Given
    run("tenant", "create", "unheard", "--staged");
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("PHONEMOS_SCIM_PRIVATE_TARGETS", "127.0.0.1");
    // When
    Ended tested =
        run(
            environment,
            "tenant",
            "keycloak",
            "unheard",
            "--keycloak-url=http://127.0.0.1:1",
            "--keycloak-realm=acme",
            "--keycloak-client-id=scim",
            "--keycloak-client-secret-env=CLIENT_SECRET");
    // Then
    assertThat(tested.status()).isEqualTo(3);
    assertThat(tested.out()).containsPattern("token +\\S.*127.0.0.1").doesNotContain("users");
    assertThat(tested.out() + tested.err()).doesNotContain("t0psecret");
  }

  @Test
  void jsonIsWhatTheHttpApiAnswers() {
    // Given
    run("tenant", "create", "parsed");
    // When
    Ended listed = run("tenant", "list", "--json");
    Ended due = run("push", "list", "parsed", "--json");
    Ended requests = run("requests", "parsed", "--json");
    Ended explained = run("explain", "--tenant", "parsed", "--user", "jane", "--json");
    // Then
    assertThat(listed.out()).contains("\"items\"", "\"slug\" : \"parsed\"");
    assertThat(due.out()).isEqualToIgnoringWhitespace("{\"items\":[]}");
    assertThat(requests.out()).isEqualToIgnoringWhitespace("{\"items\":[]}");
    assertThat(explained.out()).contains("\"requests\" : [ ]").doesNotContain("Nobody");
  }

  @Test
  void aPolicyIsSetKeyByKeyAndShown() {
    // Given
    run("tenant", "create", "decided");
    run("tenant", "policy", "decided", "dialect=strict");
    // When
    Ended set = run("tenant", "policy", "decided", "recreate=reactivate");
    Ended shown = run("tenant", "policy", "decided");
    // Then
    assertThat(set.status()).isZero();
    assertThat(shown.out())
        .containsPattern("dialect +strict +yes +auto\\|entra\\|strict")
        .containsPattern("recreate +reactivate +yes")
        .containsPattern("deletion +remove +default");
  }

  @Test
  void everyMistakeInAPolicyIsNamedAtOnce() {
    // Given
    run("tenant", "create", "mistaken");
    // When
    Ended ended = run("tenant", "policy", "mistaken", "dialect=loose", "colour=red", "deletion");
    // Then
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Expected dialect=auto|entra|strict, but there is dialect=loose")
        .contains("but there is colour")
        .contains("Expected deletion=remove|disable|anonymise, but there is deletion");
  }

  @Test
  void aSchemaIsAddedListedAndRemoved(@TempDir Path folder) throws IOException {
    // Given
    run("tenant", "create", "extended");
    Path file = folder.resolve("badge.json");
    Files.writeString(
        file,
        """
        {"id":"urn:acme:scim:2.0:Badge","name":"Badge",
         "attributes":[{"name":"number","type":"integer"},{"name":"site","type":"string"}]}
        """);
    // When
    Ended added = run("tenant", "schema", "extended", "--add", file.toString());
    // Then
    assertThat(added.status()).isZero();
    assertThat(run("tenant", "schema", "extended").out())
        .containsPattern("urn:acme:scim:2.0:Badge +User +number, site");
    assertThat(run("tenant", "schema", "extended", "--remove", "urn:acme:scim:2.0:Badge").status())
        .isZero();
    assertThat(run("tenant", "schema", "extended").out()).doesNotContain("Badge");
  }

  @Test
  void everyMistakeInASchemaIsNamedAtOnce(@TempDir Path folder) throws IOException {
    // Given
    run("tenant", "create", "misspelt");
    Path file = folder.resolve("badge.json");
    Files.writeString(
        file,
        """
        {"id":"badge","name":"Badge",
         "attributes":[{"name":"number","type":"int"},{"name":"number","uniqueness":"server"}]}
        """);
    // When
    Ended ended = run("tenant", "schema", "misspelt", "--add", file.toString());
    // Then
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Expected id to be a URN")
        .contains("Expected number.type to be a keyword of RFC 7643 §7")
        .contains("Expected number to be a name that occurs once")
        .contains("Expected number.uniqueness to be something else than server");
  }

  @Test
  void issuingATokenPrintsJustTheTokenAndSaysWhereToPasteIt() {
    // Given
    run("tenant", "create", "tokens");
    // When
    Ended ended = run("token", "issue", "tokens", "--label", "Entra");
    // Then
    assertThat(ended.status()).isZero();
    assertThat(BearerToken.wellFormed(ended.out().strip())).isTrue();
    assertThat(ended.err())
        .contains(
            "https://scim.example.com/_api/scim/v2", "https://scim.example.com/scim/v2", "once")
        .doesNotContain(ended.out().strip());
  }

  @Test
  void aTokenIsRevokedByItsId() {
    // Given
    run("tenant", "create", "revoking");
    run("token", "issue", "revoking", "--label", "Okta");
    String id = lastLine(run("token", "list", "revoking").out()).split(" ", 2)[0];
    // When
    Ended ended = run("token", "revoke", "revoking", id);
    // Then
    assertThat(ended.status()).isZero();
    assertThat(lastLine(run("token", "list", "revoking").out())).contains(id, "revoked", "Okta");
    assertThat(run("token", "revoke", "revoking", id).status()).isEqualTo(3);
  }

  @Test
  void nothingDueIsSaidInWords() {
    // Given
    run("tenant", "create", "insync");
    // When
    Ended ended = run("push", "list", "insync");
    // Then
    assertThat(ended.status()).isZero();
    assertThat(ended.err()).contains("Nothing is due");
    assertThat(run("push", "retry", "insync").err()).contains("Due again: 0");
  }

  @Test
  void aTenantOfWhichNothingWasFoundSaysSo() {
    // Given
    run("tenant", "create", "undisturbed");
    // When
    Ended report = run("drift", "report", "undisturbed");
    Ended scan = run("drift", "scan", "undisturbed", "--dry-run");
    // Then
    assertThat(report.status()).isZero();
    assertThat(report.err()).contains("Nothing was found", "never looked through");
    assertThat(scan.status()).isEqualTo(3);
    assertThat(scan.err()).contains("undisturbed has none");
  }

  @Test
  void anUnknownTenantIsRefused() {
    // When
    Ended ended = run("token", "issue", "nobody");
    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("nobody", "tenant list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant create Not_A_Slug",
        "tenant create acme --keycloak-url=https://id.example.com",
        "tenant create acme --keycloak-url=https://id.example.com --keycloak-realm=r"
            + " --keycloak-client-id=c --keycloak-client-secret-env=ABSENT",
        "tenant create acme --keycloak-url=id.example.com --keycloak-realm=r"
            + " --keycloak-client-id=c --keycloak-client-secret-env=CLIENT_SECRET",
        "token issue acme --expires-days=-1",
        "token revoke acme not-an-id",
        "tenant",
        "unknown",
      })
  void wrongUsageChangesNothing(String command) {
    // When
    Ended ended = run(command.split(" "));
    // Then
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isNotBlank();
  }

  @Test
  void aMistypedSettingEndsWith78() {
    // Given
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("PHONEMOS_SCIM_HTTP_PROT", "8080");
    // When
    Ended ended = run(environment, "serve");
    // Then
    assertThat(ended.status()).isEqualTo(78);
    assertThat(ended.err()).contains("Did you mean PHONEMOS_SCIM_HTTP_PORT?");
  }

  @Test
  void aDatabaseThatIsAwayEndsWith69() {
    // Given
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("PHONEMOS_SCIM_DATABASE_URL", "postgresql://scim:t0psecret@127.0.0.1:1/scim");
    // When
    Ended ended = run(environment, "tenant", "list");
    // Then
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("127.0.0.1:1 refused").doesNotContain("t0psecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "migrate",
        "tenant",
        "tenant create",
        "tenant list",
        "tenant keycloak",
        "tenant disable",
        "tenant enable",
        "tenant export",
        "tenant delete",
        "tenant policy",
        "tenant schema",
        "token issue",
        "token list",
        "token rotate",
        "token revoke",
        "push list",
        "push retry",
        "push hold",
        "push plan",
        "push release",
        "drift report",
        "drift scan"
      })
  void everyCommandExplainsItself(String command) {
    // When
    Ended ended = run((command + " --help").split(" "));
    // Then
    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains("Usage: phonemos-scim " + command, "Exit status:", "78");
  }

  /** How a command ended. */
  private record Ended(int status, String out, String err) {}

  private static Ended run(String... arguments) {
    return run(ENVIRONMENT, arguments);
  }

  private static Ended run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        PhonemosScim.commandLine(
                environment, new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(status, out.toString(), err.toString());
  }

  private static String lastLine(String text) {
    return text.lines().reduce((first, last) -> last).orElse("");
  }
}
