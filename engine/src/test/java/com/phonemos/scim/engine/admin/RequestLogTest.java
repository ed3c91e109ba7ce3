package com.phonemos.scim.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.RequestLog;
import com.phonemos.scim.engine.store.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be told afterwards about a request, and about a person. */
class RequestLogTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Database database = Database.open(vertx, TestEngine.database(), 1);
  private final RequestLog log = new RequestLog(database);
  private final Dossier dossier = new Dossier(database);
  private final ScimTenant tenant = TestEngine.tenant();

  @AfterEach
  void close() {
    get(database.close());
    get(vertx.close());
  }

  @Test
  void everyRequestIsKeptWithWhatItWasAnswered() {
    // Given
    UUID ada = tenant.user("ada@acme.example").create().expect(201).id();
    // When
    tenant.get("/Users").query("filter", "title lt 1").expect(400);
    tenant.readUser(ada).expect(200);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(latest(0))
                .extracting(RequestLog.Entry::operation, RequestLog.Entry::status)
                .containsExactlyInAnyOrder(
                    tuple("create", 201), tuple("list", 400), tuple("read", 200)));
    RequestLog.Entry failed = latest(400).getFirst();
    assertThat(failed.filter()).contains("title lt \"?\"");
    assertThat(failed.scimType()).contains("invalidFilter");
    assertThat(failed.detail().orElseThrow()).startsWith("Expected ");
  }

  @Test
  void aRequestNotesWhenItsTokenWasUsedLast() {
    // Given
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    Tokens tokens = new Tokens(database);
    assertThat(get(tokens.list(tenant.id())).getFirst().lastUsed()).isEmpty();
    // When
    tenant.get("/Users").expect(200);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(get(tokens.list(tenant.id())).getFirst().lastUsed())
                .hasValueSatisfying(used -> assertThat(used).isBetween(before, Instant.now())));
  }

  @Test
  void noNameIsInTheLog() {
    // Given
    String name = "secret-" + UUID.randomUUID() + "@acme.example";
    // When
    tenant.user(name).create().expect(201);
    tenant.get("/Users").query("filter", "userName eq \"" + name + "\"").expect(200);
    await().atMost(SOON).untilAsserted(() -> assertThat(latest(0)).hasSize(2));
    // Then
    Rows rows = new Rows(TestEngine.database());
    assertThat(
            rows.number(
                "SELECT count(*) FROM request_log WHERE request_log::text LIKE ?", "%secret-%"))
        .isZero();
  }

  @Test
  void aWrongTokenIsKeptWithoutATenant() {
    // When
    String id =
        tenant
            .readUser(UUID.randomUUID())
            .header("Authorization", "Bearer wrong")
            .expect(401)
            .header("X-Request-Id");
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(get(log.byRequestId(id)))
                .singleElement()
                .satisfies(entry -> {
                  assertThat(entry.tenant()).isEmpty();
                  assertThat(entry.status()).isEqualTo(401);
                }));
  }

  @Test
  void anExplanationTellsTheWholeStoryOfAMembership() {
    // Given
    UUID jane = tenant.user("jane@acme.example").create().expect(201).id();
    UUID sales = tenant.group("Sales").create().expect(201).id();
    tenant.patchGroup(sales).addMembers(jane).expect(200);
    tenant.patchGroup(sales).remove("members[value eq \"" + jane + "\"]").expect(200);
    // When
    Explanation story = explain("Jane@acme.example", Optional.of("sales")).getFirst();
    // Then
    assertThat(story.user().orElseThrow().id()).isEqualTo(jane);
    assertThat(story.groups()).isEmpty();
    assertThat(story.account()).isEmpty();
    assertThat(story.due()).extracting(due -> due.kind()).contains("USER", "MEMBERSHIP");
    Explanation.Membership membership = story.membership().orElseThrow();
    assertThat(membership.member()).isFalse();
    assertThat(membership.changes())
        .extracting(Dossier.Change::attributes)
        .containsExactly(List.of("removed"), List.of("added"));
  }

  @Test
  void whoIsNotStoredIsExplainedByWhatWasAsked() {
    // Given
    tenant.get("/Users").query("filter", "userName eq \"bob@acme.example\"").expect(200);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          Explanation story = explain("bob@acme.example", Optional.empty()).getFirst();
          assertThat(story.user()).isEmpty();
          assertThat(story.requests())
              .singleElement()
              .satisfies(request -> assertThat(request.filter()).contains("userName eq \"?\""));
        });
  }

  @Test
  void whatIsOldIsForgotten() {
    // Given
    String uri = TestPostgres.createDatabase();
    Database own = Database.open(vertx, uri, 1);
    Rows rows = new Rows(uri);
    rows.update(
        """
        INSERT INTO request_log (at, request_id, method, operation, status, duration_us)
        VALUES (now() - interval '31 days', 'old', 'GET', 'read', 200, 1),
               (now() - interval '29 days', 'new', 'GET', 'read', 200, 1)
        """);
    // When
    get(new RequestLog(own).forget(Duration.ofDays(30)));
    // Then
    assertThat(rows.texts("SELECT request_id FROM request_log")).containsExactly("new");
    get(own.close());
  }

  private List<RequestLog.Entry> latest(int lowestStatus) {
    return get(log.latest(tenant.id(), Instant.EPOCH, lowestStatus, 100));
  }

  private List<Explanation> explain(String name, Optional<String> group) {
    return get(Explanation.of(dossier, log, tenant.id(), name, group));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception late) { // a future fails with checked exceptions too
      throw new IllegalStateException(late);
    }
  }
}
