package com.phonemos.scim.engine.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was planted where people's data and secrets come in is looked for where they have no
 * business to be: in logs, in metrics, in the bodies of errors, and, if it is a secret, in the
 * database.
 */
class CanariesIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final WireMockServer KEYCLOAK =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  private final Set<String> personal = new LinkedHashSet<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private final List<String> errors = new ArrayList<>();
  private final String database = TestPostgres.createDatabase();
  private final Rows rows = new Rows(database);

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    KEYCLOAK.start();
  }

  @AfterAll
  static void stop() {
    KEYCLOAK.stop();
  }

  private EngineProcess engine() {
    return EngineProcess.in(folder)
        .with("DATABASE_URL", database)
        .with("LOG_FORMAT", "json")
        .with("SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32]))
        .with("OPERATOR_TOKEN", secret())
        .quickToStart();
  }

  @AfterEach
  void forget() {
    KEYCLOAK.resetAll();
  }

  @Test
  void noCanaryIsSeenWhereItHasNoBusiness() throws Exception {
    // Given
    KEYCLOAK.stubFor(any(anyUrl()).willReturn(status(400).withBody(rejection())));
    KEYCLOAK.stubFor(
        post(urlPathMatching(".*/protocol/openid-connect/token"))
            .willReturn(
                okJson("{\"access_token\": \"%s\", \"expires_in\": 300}".formatted(secret()))));
    try (EngineProcess engine = engine().start().awaitReady()) {
      String token = tenant(engine);
      // When
      everythingIsAskedWith(engine, token);
      await()
          .atMost(SOON)
          .untilAsserted(() -> KEYCLOAK.verify(postRequestedFor(urlPathMatching(".*/users"))));
      await().atMost(SOON).until(() -> rows.number("SELECT count(*) FROM recorded_exchange") > 0);
      String metrics = engine.getOps("/metrics").body();
      assertThat(engine.stop()).isZero();
      // Then
      assertThat(personal.size() + secrets.size()).isGreaterThanOrEqualTo(40);
      assertThat(errors).hasSizeGreaterThanOrEqualTo(10);
      String log = Files.readString(engine.log());
      assertThat(log).contains("Ready");
      assertUnseen("the log", log, personal, secrets);
      assertUnseen("metrics", metrics, personal, secrets);
      assertUnseen("errors", String.join("\n", errors), personal, secrets);
      String stored = dump();
      assertThat(personal).as("what a company sent is stored").anyMatch(stored::contains);
      assertUnseen("the database", stored, secrets);
    }
  }

  private String rejection() {
    return "{\"errorMessage\": \"error-invalid %s@canary.example\"}".formatted(person());
  }

  /** A tenant with everything that has a secret; answers the token of its identity provider. */
  private String tenant(EngineProcess engine) {
    engine.run(
        Map.of("KEYCLOAK_SECRET", secret()),
        "tenant",
        "create",
        "canaries",
        "--keycloak-url",
        "http://127.0.0.1:" + KEYCLOAK.port(),
        "--keycloak-realm",
        "canaries",
        "--keycloak-client-id",
        "scim",
        "--keycloak-client-secret-env",
        "KEYCLOAK_SECRET");
    engine.run(Map.of(), "tenant", "record", "canaries", "--for", "5m");
    secrets.add(engine.run(Map.of(), "oauth", "create", "canaries"));
    secrets.add(engine.run(Map.of(), "token", "issue", "canaries", "--changes"));
    String token = engine.run(Map.of(), "token", "issue", "canaries", "--label", "Entra");
    secrets.add(token);
    return token;
  }

  private void everythingIsAskedWith(EngineProcess engine, String token) throws Exception {
    Sender scim = new Sender(engine.scim("/scim/v2").toString(), "Bearer " + token);
    String ada = person();
    String user = scim.send("POST", "/Users", user(ada)).id();
    scim.send("POST", "/Users", user(ada));
    scim.send("PUT", "/Users/" + user, user(person()));
    scim.send("PATCH", "/Users/" + user, patch("replace", "password", secret()));
    scim.send("PATCH", "/Users/" + user, patch("replace", "title", person()));
    scim.send("PATCH", "/Users/" + user, patch("replace", "nothing" + word(), person()));
    scim.send(
        "PATCH",
        "/Users/" + user,
        patch("replace", "emails[value eq \"" + person() + "\"].type", "work"));
    scim.send("POST", "/Users", "{\"userName\": \"%s\", \"%s\": 1}".formatted(person(), word()));
    scim.send("POST", "/Users", "{\"userName\": \"%s\"".formatted(person()));
    scim.send("POST", "/Users", "{\"userName\": 7, \"password\": \"%s\"".formatted(secret()));
    scim.send("POST", "/Groups", group(person(), user));
    scim.send("POST", "/Groups", group(person(), person()));
    scim.send("GET", "/Users?filter=" + encoded("userName eq \"%s\"".formatted(person())), "");
    scim.send("GET", "/Users?filter=" + encoded("userName like \"%s\"".formatted(person())), "");
    scim.send("GET", "/Users?filter=" + encoded("members eq \"%s\"".formatted(person())), "");
    scim.send("GET", "/Users?cursor=" + word(), "");
    scim.send("GET", "/Users?count=" + word(), "");
    scim.send("GET", "/Users/" + word() + "?access_token=" + secret(), "");
    scim.send("POST", "/" + word(), "{}");
    scim.send(
        "POST",
        "/Bulk",
        "{\"Operations\": [{\"method\": \"POST\", \"path\": \"/%s\"}]}".formatted(word()));
    new Sender(scim.base, "Bearer " + secret()).send("GET", "/Users", "");
    new Sender(scim.base, "Bearer phs_0123abcd_" + secret()).send("GET", "/Users", "");
    new Sender(scim.base, Base64.getEncoder().encodeToString(secret().getBytes(UTF_8)))
        .send("GET", "/Users", "");
    new Sender(engine.ops("/_api/admin/v1").toString(), "Bearer " + secret())
        .send("POST", "/tenants", "{\"slug\": \"%s\"}".formatted(word()));
    new Sender(engine.scim("/scim").toString(), basic(secret()))
        .form("grant_type=client_credentials&scope=" + word());
    new Sender(engine.scim("/scim").toString(), "")
        .form(
            "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(word(), secret()));
    new Sender(engine.scim("/scim").toString(), "")
        .form("grant_type=client_credentials&client_assertion=" + secret());
  }

  private String user(String name) {
    return """
    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s",
     "name": {"givenName": "%s", "familyName": "%s", "middleName": "%s", "formatted": "%s"},
     "displayName": "%s", "nickName": "%s", "externalId": "%s", "password": "%s",
     "profileUrl": "https://%s.example", "active": true,
     "emails": [{"value": "%s@canary.example", "type": "work"}],
     "phoneNumbers": [{"value": "%s", "type": "work"}],
     "addresses": [{"streetAddress": "%s", "locality": "%s", "type": "work"}],
     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "%s"}}
    """
        .formatted(
            name, person(), person(), person(), person(), person(), person(), person(), secret(),
            word(), person(), person(), person(), person(), person());
  }

  private static String patch(String op, String path, String value) {
    return """
    {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
     "Operations": [{"op": "%s", "path": "%s", "value": "%s"}]}
    """
        .formatted(op, path.replace("\"", "\\\""), value);
  }

  private static String group(String name, String member) {
    return """
    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s",
     "members": [{"value": "%s"}]}
    """
        .formatted(name, member);
  }

  private String person() {
    return planted(personal, "person");
  }

  /** Not personal by itself; but whoever sends it may have meant something that is. */
  private String word() {
    return planted(personal, "word");
  }

  private String secret() {
    return planted(secrets, "secret");
  }

  private static String planted(Set<String> among, String kind) {
    String canary = "canary" + kind + among.size() + "x7f3b2a1908f7e6d5c4b3a2";
    among.add(canary);
    return canary;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("idp:" + password).getBytes(UTF_8));
  }

  /** Sends, and keeps what is answered to mistakes. */
  private final class Sender {
    private final String base;
    private final String authorization;

    private Sender(String base, String authorization) {
      this.base = base;
      this.authorization = authorization;
    }

    private Answer send(String method, String path, String body) throws Exception {
      return exchange(method, path, "application/scim+json", body);
    }

    private void form(String form) throws Exception {
      exchange("POST", "/oauth2/token", "application/x-www-form-urlencoded", form);
    }

    private Answer exchange(String method, String path, String type, String body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Content-Type", type)
              .header("User-Agent", person())
              .header("Cookie", "session=" + secret())
              .method(
                  method,
                  body.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body));
      if (method.equals("GET")) {
        request.header("If-None-Match", "\"" + word() + "\"");
      }
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400) {
        errors.add(answer.body() + answer.headers().map());
      }
      return new Answer(answer.body());
    }
  }

  private record Answer(String body) {
    private String id() {
      return body.replaceFirst("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
    }
  }

  /** Every row of every table, as text. */
  private String dump() {
    StringBuilder dump = new StringBuilder();
    rows.texts(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'")
        .forEach(table ->
            rows.texts("SELECT t::text FROM " + table + " t")
                .forEach(row -> dump.append(row).append('\n')));
    return dump.toString();
  }

  @SafeVarargs
  private static void assertUnseen(String where, String text, Set<String>... planted) {
    for (Set<String> canaries : planted) {
      assertThat(canaries.stream().filter(canary -> isIn(text, canary)).toList())
          .as("canaries in %s", where)
          .isEmpty();
    }
  }

  /** As it is, or as PostgreSQL and HTTP Basic would write it. */
  private static boolean isIn(String text, String canary) {
    byte[] bytes = canary.getBytes(UTF_8);
    return text.contains(canary)
        || text.contains(HexFormat.of().formatHex(bytes))
        || text.contains(Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }
}
