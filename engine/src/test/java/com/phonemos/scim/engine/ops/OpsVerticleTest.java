package com.phonemos.scim.engine.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Fleet;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Phase phase = Phase.SERVING;

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
    meters.close();
  }

  @Test
  void itIsReadyWhenItServesAndPostgresAnswers() throws Exception {
    // Given
    int port = start(TestPostgres.createDatabase());
    // When
    HttpResponse<String> answer = get(port, "/readyz");
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"database\" : \"up\"", "changes are kept due");
  }

  @Test
  void itIsNotReadyWhileItDrains() throws Exception {
    // Given
    int port = start(TestPostgres.createDatabase());
    phase = Phase.DRAINING;
    // When
    HttpResponse<String> answer = get(port, "/readyz");
    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("DRAINING");
  }

  @Test
  void withoutPostgresItLivesButIsNotReady() throws Exception {
    // Given
    int port = start("postgresql://nobody:nothing@127.0.0.1:1/none");
    // When
    HttpResponse<String> ready = get(port, "/readyz");
    HttpResponse<String> live = get(port, "/livez");
    // Then
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"database\" : \"down\"");
    assertThat(live.statusCode()).isEqualTo(200);
  }

  @Test
  void itHasStartedOnceItServed() throws Exception {
    // Given
    int port = start(TestPostgres.createDatabase());
    // When
    phase = Phase.STARTING;
    int before = get(port, "/startupz").statusCode();
    phase = Phase.DRAINING;
    int after = get(port, "/startupz").statusCode();
    // Then
    assertThat(before).isEqualTo(503);
    assertThat(after).isEqualTo(200);
  }

  @Test
  void prometheusFindsEveryMetricUnderItsName() throws Exception {
    // Given
    int port = start(TestPostgres.createDatabase());
    meters.httpRequest("create", "User", 201, 3_000_000);
    meters.error("uniqueness");
    meters.mailboxFull();
    meters.waiting(0, 7);
    meters.waited(1_000_000);
    meters.transaction(12, 4_000_000, true);
    meters.command("create", "written");
    meters.push("pushed", 9_000_000);
    // When
    String text = get(port, "/metrics").body();
    // Then
    assertThat(text)
        .contains(
            "scim_http_requests_seconds_count{operation=\"create\",resource=\"User\",status=\"201\"}"
                + " 1",
            "scim_errors_total{scim_type=\"uniqueness\"} 1.0",
            "scim_mailbox_rejected_total 1.0",
            "scim_mailbox_depth{shard=\"0\"} 7.0",
            "scim_mailbox_wait_seconds_count 1",
            "scim_batch_size_sum 12.0",
            "scim_transaction_seconds_count{outcome=\"committed\"} 1",
            "scim_commands_total{outcome=\"written\",type=\"create\"} 1.0",
            "scim_push_seconds_count{outcome=\"pushed\"} 1",
            "scim_outbox_due{priority=\"security\"} 0.0",
            "scim_outbox_oldest_age_seconds{priority=\"normal\"} 0.0",
            "scim_push_given_up 0.0",
            "jvm_memory_used_bytes",
            "process_uptime_seconds");
  }

  @Test
  void prometheusLearnsThatItIsReadyWithoutSomebodyWhoProbes() throws Exception {
    // When
    int port = start(TestPostgres.createDatabase());
    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(get(port, "/metrics").body()).contains("scim_ready 1.0"));
  }

  @Test
  void lossesOfAccessAreToldApartFromWhatCanWait() throws Exception {
    // Given
    String database = TestPostgres.createDatabase();
    ScimTenant.create(database, "http://localhost", "acme", Optional.empty());
    new Rows(database)
        .update(
            """
            INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
            SELECT tenant.id, 'USER', gen_random_uuid(), '00000000-0000-0000-0000-000000000000',
                   priority, now() - age, now()
            FROM tenant, (VALUES (0, interval '1 hour'), (1, interval '2 hours'),
                                 (2, interval '1 minute')) AS waiting (priority, age)
            """);
    // When
    int port = start(database);
    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(get(port, "/metrics").body())
                .contains(
                    "scim_outbox_due{priority=\"security\"} 1.0",
                    "scim_outbox_due{priority=\"normal\"} 2.0")
                .containsPattern("oldest_age_seconds\\{priority=\"security\"} 36\\d\\d")
                .containsPattern("oldest_age_seconds\\{priority=\"normal\"} 72\\d\\d"));
  }

  @Test
  void theTenantsThatAreBehindAreNamed() throws Exception {
    // Given
    String database = TestPostgres.createDatabase();
    ScimTenant.create(database, "http://localhost", "acme", Optional.empty());
    new Rows(database)
        .update(
            """
            INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
            SELECT id, 'USER', gen_random_uuid(), '00000000-0000-0000-0000-000000000000', 2,
                   now() - interval '1 hour', now()
            FROM tenant
            """);
    // When
    int port = start(database);
    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(get(port, "/metrics").body())
                .contains(
                    "scim_tenant_due{tenant=\"acme\"} 1.0",
                    "scim_tenants{state=\"active\"} 1.0",
                    "scim_tokens{state=\"active\"} 1.0")
                .containsPattern("scim_tenant_oldest_due_age_seconds\\{tenant=\"acme\"} 36\\d\\d"));
  }

  private int start(String uri) throws Exception {
    Database database = Database.open(vertx, uri, 2);
    OpsVerticle verticle =
        new OpsVerticle(
            0,
            () -> phase,
            meters,
            database,
            new DueList(database),
            new Tenants(database, SecretBox.withKey(new byte[SecretBox.KEY_BYTES])),
            new Fleet(database),
            request -> request.response().end("operators"));
    vertx.deployVerticle(verticle).await(20, TimeUnit.SECONDS);
    return verticle.actualPort();
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://localhost:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
