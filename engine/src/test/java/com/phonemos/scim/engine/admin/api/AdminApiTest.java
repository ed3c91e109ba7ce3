package com.phonemos.scim.engine.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.api.OperatorClient.Answer;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminApiTest {
  private static final String FEDERATION =
      """
      {"issuer": "https://login.microsoftonline.com/%s/v2.0", "subject": "s", "audience": "a"}
      """;
  private static final String KEYCLOAK =
      """
      {"url": "http://127.0.0.1:1", "realm": "acme", "clientId": "scim", "clientSecret": "t0ps3cret"}
      """;

  private final OperatorClient operator = new OperatorClient();
  private final Rows rows = new Rows(TestEngine.database());

  /** One tenant's life; in the end nothing of the document was left out. */
  @Test
  void everyOperationOfTheDocumentIsServedAsItSays() {
    String slug = "life-" + UUID.randomUUID();
    operator
        .post(
            "/tenants",
            "{\"slug\": \"%s\", \"staged\": true, \"keycloak\": %s}".formatted(slug, KEYCLOAK))
        .expect(201);
    String id = operator.get("/tenants/{tenant}", slug).expect(200).body().path("id").asText();
    operator.get("/tenants").expect(200);
    operator.send("PUT", "/tenants/{tenant}/keycloak", KEYCLOAK, slug).expect(200);
    assertThat(operator.post("/tenants/{tenant}/keycloak/test", "", slug).expect(200).text())
        .contains("\"ok\" : false", "\"step\" : \"token\"");
    operator.get("/tenants/{tenant}/policy", slug).expect(200);
    operator
        .send("PATCH", "/tenants/{tenant}/policy", "{\"dialect\": \"strict\"}", slug)
        .expect(200);

    Answer token = operator.post("/tenants/{tenant}/tokens", "{\"label\": \"Okta\"}", slug);
    ScimTenant tenant = scim(id, token.expect(201));
    UUID ada = tenant.user("ada@acme.example").create().expect(201).id();
    UUID sales = tenant.group("Sales").create().expect(201).id();
    tenant.patchGroup(sales).addMembers(ada).expect(200);
    Answer next =
        operator.post(
            "/tenants/{tenant}/tokens/{token}/rotate", "", slug, token.body().path("id").asText());
    operator
        .send(
            "DELETE",
            "/tenants/{tenant}/tokens/{token}",
            "",
            slug,
            next.expect(201).body().path("id").asText())
        .expect(204);
    operator.get("/tenants/{tenant}/tokens", slug).expect(200);

    assertThat(operator.get("/tenants/{tenant}/due?limit=2", slug).expect(200).body().path("items"))
        .hasSize(2);
    rows.update("UPDATE due SET due_at = 'infinity', reason = 'Expected' WHERE id = '" + ada + "'");
    operator.post("/tenants/{tenant}/due/retry", "", slug).expect(200);
    rows.update("UPDATE due SET due_at = 'infinity', reason = 'Expected' WHERE id = '" + ada + "'");
    assertThat(
            operator
                .post("/tenants/{tenant}/users/{user}/reject", "", slug, ada)
                .expect(200)
                .body())
        .hasToString("{\"count\":1}");
    operator
        .send(
            "PUT",
            "/tenants/{tenant}/users/{user}/account/{account}",
            "",
            slug,
            ada,
            UUID.randomUUID())
        .expect(204);
    rows.update(
        "INSERT INTO access_loss (tenant_id, user_id, state, at) VALUES ('%s', '%s', 'held', now())"
            .formatted(id, ada));
    assertThat(operator.get("/tenants/{tenant}/guard", slug).expect(200).body().path("items"))
        .hasSize(1);
    operator.post("/tenants/{tenant}/guard/release", "", slug).expect(200);
    operator
        .post("/tenants/{tenant}/guard/reject", "{\"user\": \"%s\"}".formatted(ada), slug)
        .expect(200);
    rows.update(
        """
        INSERT INTO drift_finding (tenant_id, kind, id, group_id, what, keycloak_id, differences, found)
        VALUES ('%s', 'USER', '%s', '00000000-0000-0000-0000-000000000000', 'changed', 'k',
                '[{"field": "email", "expected": "a", "actual": "b"}]', now())
        """
            .formatted(id, ada));
    operator.get("/tenants/{tenant}/drift", slug).expect(200);

    assertThat(
            operator
                .get("/tenants/{tenant}/journal?resource=" + ada + "&limit=5", slug)
                .expect(200)
                .body()
                .path("items"))
        .hasSize(1);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(
                    operator
                        .get("/tenants/{tenant}/requests?errors=false&since=PT1H", slug)
                        .expect(200)
                        .body()
                        .path("items"))
                .hasSize(3));
    String request =
        operator.get("/tenants/{tenant}/requests", slug).body().at("/items/0/requestId").asText();
    operator.get("/tenants/{tenant}/requests/{request}", slug, request).expect(200);
    operator
        .post(
            "/tenants/{tenant}/explain",
            "{\"user\": \"ada@acme.example\", \"group\": \"Sales\"}",
            slug)
        .expect(200);

    String recording =
        operator
            .post("/tenants/{tenant}/recordings", "{\"minutes\": 5}", slug)
            .expect(201)
            .body()
            .path("id")
            .asText();
    operator.post("/tenants/{tenant}/recordings", "", slug).expect(409);
    operator.get("/tenants/{tenant}/recordings", slug).expect(200);
    assertThat(
            operator
                .get("/tenants/{tenant}/recordings/{recording}", slug, recording)
                .expect(200)
                .body()
                .at("/log/version")
                .asText())
        .isEqualTo("1.2");
    operator.post("/tenants/{tenant}/recordings/{recording}/stop", "", slug, recording).expect(200);
    operator
        .send("DELETE", "/tenants/{tenant}/recordings/{recording}", "", slug, recording)
        .expect(204);

    String clients = "/tenants/{tenant}/oauth-clients";
    JsonNode client = operator.post(clients, "{\"label\": \"Entra\"}", slug).expect(201).body();
    String clientId = client.path("client").asText();
    String secretId =
        operator
            .post(clients + "/{client}/secrets", "{\"expiresDays\": 0}", slug, clientId)
            .expect(201)
            .body()
            .path("secretId")
            .asText();
    operator
        .send("DELETE", clients + "/{client}/secrets/{secret}", "", slug, clientId, secretId)
        .expect(204);
    operator
        .post(clients, "{\"federation\": %s}".formatted(FEDERATION.formatted(slug)), slug)
        .expect(201);
    operator
        .post(clients, "{\"federation\": %s}".formatted(FEDERATION.formatted(slug)), slug)
        .expect(409);
    assertThat(operator.get(clients, slug).expect(200).text())
        .contains("login.microsoftonline.com")
        .doesNotContain(client.path("secret").asText());
    operator.send("DELETE", clients + "/{client}", "", slug, clientId).expect(204);

    assertThat(operator.get("/tenants/{tenant}/export", slug).expect(200).text().lines())
        .anyMatch(line -> line.contains("ada@acme.example"))
        .noneMatch(line -> line.contains("t0ps3cret"));
    operator.post("/tenants/{tenant}/users/{user}/anonymise", "", slug, ada).expect(204);
    operator.post("/tenants/{tenant}/release", "", slug).expect(200);
    operator.post("/tenants/{tenant}/hold", "", slug).expect(200);
    operator.post("/tenants/{tenant}/disable", "", slug).expect(200);
    operator.post("/tenants/{tenant}/enable", "", slug).expect(200);
    operator.send("DELETE", "/tenants/{tenant}", "", slug).expect(409);
    operator.post("/tenants/{tenant}/disable", "", slug).expect(200);
    operator.send("DELETE", "/tenants/{tenant}", "", slug).expect(204);
    operator.get("/tenants/{tenant}", slug).expect(404);
    assertThat(tablesWithRowsOf(id)).isEmpty();

    assertThat(operator.done()).isEqualTo(documented());
  }

  @Test
  void nothingIsServedThatTheDocumentDoesNotName() throws Exception {
    // Given
    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, TestEngine.database(), 1);
    Tenants tenants = new Tenants(database, SecretBox.withKey(new byte[SecretBox.KEY_BYTES]));
    // When
    Set<String> served = new TreeSet<>();
    new ApiRoutes(
            Administration.of(vertx, database, tenants, EgressPolicy.LOCAL), Clock.systemUTC())
        .all()
        .forEach(route -> served.add(route.method() + " " + route.path()));
    // Then
    assertThat(served).isEqualTo(documented());
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void whoDoesNotShowTheOperatorTokenGetsNothing() {
    // Given
    ScimTenant tenant = TestEngine.tenant();
    // When
    HttpResponse<String> without = operator.exchange("GET", "/tenants", "", "");
    HttpResponse<String> withAnother = operator.exchange("GET", "/tenants", tenant.token(), "");
    // Then
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(withAnother.statusCode()).isEqualTo(401);
    assertThat(withAnother.body()).doesNotContain(tenant.token());
  }

  @Test
  void idsOfAnotherTenantAreNotThere() {
    // Given
    String mine = newTenant();
    String other = newTenant();
    Answer issued = operator.post("/tenants/{tenant}/tokens", "", other).expect(201);
    String otherId = operator.get("/tenants/{tenant}", other).body().path("id").asText();
    ScimTenant tenant = scim(otherId, issued);
    UUID user = tenant.user("bob").create().expect(201).id();
    String token = issued.body().path("id").asText();
    // When
    operator.send("DELETE", "/tenants/{tenant}/tokens/{token}", "", mine, token).expect(404);
    operator.post("/tenants/{tenant}/tokens/{token}/rotate", "", mine, token).expect(404);
    operator.post("/tenants/{tenant}/users/{user}/anonymise", "", mine, user).expect(404);
    String recording =
        operator.post("/tenants/{tenant}/recordings", "", other).body().path("id").asText();
    operator.get("/tenants/{tenant}/recordings/{recording}", mine, recording).expect(404);
    operator.post("/tenants/{tenant}/recordings/{recording}/stop", "", mine, recording).expect(404);
    operator
        .send("DELETE", "/tenants/{tenant}/recordings/{recording}", "", mine, recording)
        .expect(404);
    JsonNode client = operator.post("/tenants/{tenant}/oauth-clients", "", other).body();
    String clientOfOther = "/tenants/{tenant}/oauth-clients/" + client.path("client").asText();
    operator.send("DELETE", clientOfOther, "", mine).expect(404);
    operator.post(clientOfOther + "/secrets", "", mine).expect(404);
    operator
        .send("DELETE", clientOfOther + "/secrets/" + client.path("secretId").asText(), "", mine)
        .expect(404);
    operator.post("/tenants/{tenant}/users/{user}/reject", "", mine, user).expect(404);
    operator
        .send(
            "PUT",
            "/tenants/{tenant}/users/{user}/account/{account}",
            "",
            mine,
            user,
            UUID.randomUUID())
        .expect(409);
    // Then
    assertThat(
            operator
                .get("/tenants/{tenant}/journal?resource=" + user, mine)
                .expect(200)
                .body()
                .path("items"))
        .isEmpty();
    tenant.readUser(user).expect(200);
  }

  @Test
  void theSuccessorOfATokenOpensWhatTheTokenDid() {
    // Given
    String slug = newTenant();
    Answer issued =
        operator.post("/tenants/{tenant}/tokens", "{\"scope\": \"changes\"}", slug).expect(201);
    // When
    operator
        .post(
            "/tenants/{tenant}/tokens/{token}/rotate", "", slug, issued.body().path("id").asText())
        .expect(201);
    // Then
    assertThat(operator.get("/tenants/{tenant}/tokens", slug).body().findValuesAsText("scope"))
        .containsExactly("changes", "changes");
  }

  @Test
  void aSecretIsShownOnce() {
    // Given
    String slug = newTenant();
    String secret =
        operator
            .post("/tenants/{tenant}/tokens", "", slug)
            .expect(201)
            .body()
            .path("secret")
            .asText();
    operator.send("PUT", "/tenants/{tenant}/keycloak", KEYCLOAK, slug).expect(200);
    // When
    String shown =
        operator.get("/tenants/{tenant}/tokens", slug).text()
            + operator.get("/tenants/{tenant}", slug).text()
            + operator.get("/tenants/{tenant}/export", slug).text();
    // Then
    assertThat(secret).isNotEmpty();
    assertThat(shown).doesNotContain(secret, "t0ps3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /tenants | {\"slug\": \"Not A Slug\"} | 400 | Expected a slug",
        "POST | /tenants | {\"slug\": \"x\", \"colour\": 1} | 400 | there is colour",
        "POST | /tenants | {\"slug\": \"x\", \"slug\": \"y\"} | 400 | Expected",
        "POST | /tenants | [] | 400 | Expected",
        "POST | /tenants | {\"slug\": 7} | 400 | Expected slug to be a string",
        "POST | /tenants/nobody/tokens | {\"expiresDays\": 9999} | 400 | from 0 to 3650 days",
        "POST | /tenants/nobody/tokens | {\"scope\": \"all\"} | 400 | a scope of scim or changes",
        "PUT | /tenants/nobody/keycloak | {\"url\": \"http://169.254.169.254\", \"realm\": \"a\","
            + " \"clientId\": \"b\", \"clientSecret\": \"c\"} | 400 | an operator can allow it",
        "POST | /tenants/nobody/tokens | {} | 404 | Expected a tenant",
        "GET | /tenants/nobody/due?limit=0 | `` | 400 | from 1 to 1000",
        "GET | /tenants/nobody/requests?since=yesterday | `` | 400 | a duration such as",
        "DELETE | /tenants/nobody/tokens/7 | `` | 400 | Expected token to be a UUID",
        "PATCH | /tenants/nobody/policy | {\"dialect\": \"dutch\"} | 400 | dialect=",
        "POST | /tenants/nobody/recordings | {\"minutes\": 0} | 400 | Expected a time",
        "POST | /tenants/nobody/recordings | {\"mostBytes\": 0} | 400 | Expected a size",
        "POST | /tenants/nobody/oauth-clients | {\"expiresDays\": -1} | 400 | Expected an expiry",
        "POST | /tenants/nobody/oauth-clients | {\"federation\": {\"issuer\": \"http://x\","
            + " \"subject\": \"s\", \"audience\": \"a\"}} | 400 | Expected a URL of https",
        "GET | /nothing | `` | 404 | openapi.json",
        "PUT | /tenants | {} | 405 | another method",
      })
  void aMistakeIsNamed(String method, String path, String body, int status, String detail) {
    // When
    HttpResponse<String> answer = operator.exchange(method, path, TestEngine.OPERATOR_TOKEN, body);
    // Then
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  private Set<String> documented() {
    Set<String> operations = new TreeSet<>();
    operator
        .document()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(member -> !member.getKey().equals("parameters"))
                .forEach(operation ->
                    operations.add(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  private List<String> tablesWithRowsOf(String tenant) {
    return rows
        .texts(
            "SELECT table_name FROM information_schema.columns"
                + " WHERE column_name = 'tenant_id' AND table_schema = current_schema()")
        .stream()
        .filter(table ->
            rows.number("SELECT count(*) FROM " + table + " WHERE tenant_id::text = ?", tenant) > 0)
        .toList();
  }

  private String newTenant() {
    String slug = "operated-" + UUID.randomUUID();
    operator.post("/tenants", "{\"slug\": \"%s\", \"staged\": true}".formatted(slug)).expect(201);
    return slug;
  }

  private static ScimTenant scim(String id, Answer issued) {
    return new ScimTenant(
        new TenantId(UUID.fromString(id)),
        "http://127.0.0.1:" + TestEngine.port() + "/scim/v2",
        issued.body().path("secret").asText());
  }
}
