package com.phonemos.scim.engine.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.Pseudonyms;
import com.phonemos.scim.conformance.har.Redaction;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Recordings.Recording;
import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.wire.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine records of an identity provider can be replayed, and holds no secret. */
class RecordingIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long PLENTY = 16 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final Database database = Database.open(vertx, TestEngine.database(), 1);
  private final Administration operator = TestEngine.operator(vertx, database);
  private final Rows rows = new Rows(TestEngine.database());
  private final String slug = "recorded-" + UUID.randomUUID();
  private ScimTenant tenant = TestEngine.tenant(slug, Optional.empty());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    get(database.close());
    get(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"ENTRA", "OKTA_AIW", "GENERIC"})
  void aRecordedDayIsReplayedWithoutADifference(Simulator simulator) throws IOException {
    // Given
    tenant.decide(TestEngine.database(), Employer.policy(simulator));
    Recording recording = start(PLENTY);
    CompanySpec spec = new CompanySpec(7, 4, 2, 1);
    Endpoint endpoint = Endpoint.of(URI.create(tenant.base()), tenant.token());
    // When
    try (IdentityProvider provider =
        simulator.connect(endpoint, new Directory(Company.generate(spec)))) {
      new Story(provider, spec, report -> {}).tell(Scenario.DAY);
    }
    List<HarEntry> session = fetch(recording, requests());
    // Then
    assertThat(session).extracting(HarEntry::method).contains("POST", "GET");
    assertThat(SessionLibraryIT.replay(session, SessionLibrary.tenant(simulator))).isEmpty();
    assertThat(SessionLibraryIT.replay(pseudonymised(session), SessionLibrary.tenant(simulator)))
        .isEmpty();
  }

  @Test
  void neitherTokenNorPasswordIsInIt() throws IOException {
    // Given
    Recording recording = start(PLENTY);
    // When
    UUID ada =
        tenant
            .request("POST", "/Users")
            .body(
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "password": "hush-1",
                 "userName": "ada@acme.example"}
                """)
            .header("Cookie", "session=hush-2")
            .expect(201)
            .id();
    tenant
        .request("PATCH", "/Users/" + ada)
        .body(
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
              {"op": "replace", "path": "password", "value": "hush-3"},
              {"op": "replace", "value": {"password": "hush-4", "title": "%s"}}]}
            """
                .formatted(tenant.token()))
        .expect(200);
    tenant.request("POST", "/Users").body("{\"password\": \"hush-5\"").expect(400);
    tenant.request("GET", "/Users?access_token=hush-6&count=0").expect(200);
    fetch(recording, 4);
    // Then
    assertThat(Files.readString(file()))
        .contains("ada@acme.example", "\"name\":\"Authorization\"")
        .doesNotContain("hush-", tenant.token());
  }

  @Test
  void nothingIsRecordedUnlessItIsSwitchedOn() {
    // When
    tenant.user("ada@acme.example").create().expect(201);
    Recording recording = start(PLENTY);
    tenant.user("bob@acme.example").create().expect(201);
    awaitExchanges(recording, 1);
    get(operator.recordings().stop(slug, recording.id()));
    takeAnotherToken();
    tenant.user("cleo@acme.example").create().expect(201);
    Recording next = start(PLENTY);
    tenant.user("dora@acme.example").create().expect(201);
    awaitExchanges(next, 1);
    // Then
    assertThat(
            rows.texts(
                "SELECT substring(entry FROM '(ada|bob|cleo|dora)@') FROM recorded_exchange"
                    + " WHERE tenant_id = ? ORDER BY number",
                tenant.id().value()))
        .containsExactly("bob", "dora");
  }

  @Test
  void itEndsAtTheExchangeThatDoesNotFit() {
    // Given
    Recording recording = start(6_000);
    // When
    for (int number = 0; number < 12; number++) {
      tenant.user("user-" + number).create().expect(201);
    }
    // Then
    await().atMost(SOON).until(() -> found(recording).full());
    assertThat(found(recording).bytes()).isBetween(1_000L, 6_000L);
    assertThat(found(recording).on()).isFalse();
    assertThat(found(recording).exchanges())
        .isEqualTo(
            rows.number(
                "SELECT count(*) FROM recorded_exchange WHERE recording_id = ?", recording.id()));
  }

  private static List<HarEntry> pseudonymised(List<HarEntry> session) {
    Redaction redaction = new Redaction(Optional.of(Pseudonyms.random()));
    return session.stream().map(redaction::redacted).toList();
  }

  private Recording start(long mostBytes) {
    Recording started = get(operator.recordings().start(slug, Duration.ofMinutes(5), mostBytes));
    takeAnotherToken();
    return started;
  }

  /** What is known of a token is up to a second old; of another one nothing is known yet. */
  private void takeAnotherToken() {
    tenant =
        new ScimTenant(
            tenant.id(), tenant.base(), tenant.issueToken(TestEngine.database(), Optional.empty()));
  }

  private Recording found(Recording recording) {
    return get(operator.recordings().find(slug, recording.id()));
  }

  /** How many the request log tells of, up to one that ends what was asked before. */
  private long requests() {
    UUID last = UUID.randomUUID();
    tenant.request("GET", "/Users/" + last).expect(404);
    await().atMost(SOON).until(() -> logged("resource_id = ?", last) == 1);
    return logged("resource_id IS DISTINCT FROM ?", last) + 1;
  }

  private long logged(String which, UUID resource) {
    return rows.number(
        "SELECT count(*) FROM request_log WHERE tenant_id = ? AND " + which,
        tenant.id().value(),
        resource);
  }

  private void awaitExchanges(Recording recording, long number) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(found(recording).exchanges()).isEqualTo(number));
  }

  private List<HarEntry> fetch(Recording recording, long number) throws IOException {
    awaitExchanges(recording, number);
    OpenOptions asNew = new OpenOptions().setWrite(true).setCreateNew(true);
    get(
        vertx
            .fileSystem()
            .open(file().toString(), asNew)
            .compose(
                to -> operator.recordings().write(slug, recording.id(), to).eventually(to::close)));
    return HarReader.all(file());
  }

  private Path file() {
    return folder.resolve("session.har");
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
