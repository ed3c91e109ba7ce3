package com.phonemos.scim.engine.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.OAuthAdministration;
import com.phonemos.scim.engine.admin.OAuthAdministration.Issued;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.OAuthClients.Federation;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.wire.Credentials;
import com.phonemos.scim.idp.wire.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client credentials (RFC 6749 §4.4), by a secret and by an assertion (RFC 7523 §2.2). */
class TokenEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String AUDIENCE = "api://phonemos-scim";
  private static final WireMockServer ISSUER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private static RSAKey key;
  private static RSAKey otherKey;

  private final Vertx vertx = Vertx.vertx();
  private final Database database = Database.open(vertx, TestEngine.database(), 1);
  private final Administration operator = TestEngine.operator(vertx, database);
  private final OAuthAdministration clients = operator.oauth();
  private final Rows rows = new Rows(TestEngine.database());
  private final String slug = "oauth-" + UUID.randomUUID();
  private final ScimTenant tenant = TestEngine.tenant(slug, Optional.empty());

  /** Each test has an issuer of its own, so that none finds the keys that another one left. */
  private final String issuerPath = "/" + UUID.randomUUID() + "/v2.0";

  private record Answer(int status, Map<String, String> headers, JsonNode body) {}

  @BeforeAll
  static void startIssuer() throws JOSEException {
    ISSUER.start();
    key = new RSAKeyGenerator(2_048).keyID("k1").generate();
    otherKey = new RSAKeyGenerator(2_048).keyID("k1").generate();
  }

  @AfterAll
  static void stopIssuer() {
    ISSUER.stop();
  }

  @BeforeEach
  void publish() {
    publish(key);
  }

  @AfterEach
  void close() {
    done(database.close());
    done(vertx.close());
  }

  @Test
  void aClientWithASecretGetsATokenForAnHour() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    // When
    Answer inTheHeader =
        ask(basic(client.client(), client.secret()), "grant_type=client_credentials");
    Answer inTheForm =
        ask(
            "",
            "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(client.client(), client.secret()));
    // Then
    assertThat(inTheHeader.status()).isEqualTo(200);
    assertThat(inTheHeader.headers())
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-type", "application/json");
    assertThat(inTheHeader.body().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(inTheHeader.body().path("expires_in").asInt()).isEqualTo(3_600);
    assertThat(letsIn(token(inTheHeader))).isTrue();
    assertThat(letsIn(token(inTheForm))).isTrue();
    assertThat(done(clients.list(slug)).getFirst().secrets().getFirst().lastUsed()).isPresent();
    assertThat(done(operator.tokens().list(slug)))
        .as("access tokens are none of the tokens that operators issue")
        .hasSize(1);
  }

  @Test
  void anIdentityProviderProvisionsWithClientCredentials() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    URI tokens = URI.create(origin() + "/_api/scim/oauth2/token");
    Endpoint endpoint =
        new Endpoint(
            URI.create(tenant.base()),
            new Credentials.ClientSecret(tokens, client.client().toString(), client.secret()));
    // When
    try (Entra entra =
        Entra.connect(
            endpoint,
            EntraOptions.defaults(),
            new Directory(Company.generate(new CompanySpec(7, 4, 1, 1))))) {
      entra.initialCycle();
      // Then
      assertThat(entra.status().users()).isEqualTo(4);
      assertThat(entra.status().escrow()).isZero();
    }
  }

  @Test
  void anyOfSeveralSecretsWillDoUntilItIsRemovedOrOver() {
    // Given
    Issued first = done(clients.create(slug, "Entra", 365));
    Issued second = done(clients.addSecret(slug, first.client(), 0));
    // Then
    assertThat(grant(first).status()).isEqualTo(200);
    assertThat(grant(second).status()).isEqualTo(200);
    // When
    done(clients.removeSecret(slug, first.client(), first.id()));
    rows.update(
        "UPDATE oauth_secret SET expires = now() - interval '1 second' WHERE id = '%s'"
            .formatted(second.id()));
    // Then
    assertRefused(grant(first), 401, "invalid_client");
    assertRefused(grant(second), 401, "invalid_client");
  }

  @Test
  void aClientHasAFewSecretsAtMost() {
    // Given
    Issued first = done(clients.create(slug, "Entra", 0));
    for (int number = 1; number < OAuthAdministration.MOST_SECRETS; number++) {
      done(clients.addSecret(slug, first.client(), 0));
    }
    // Then
    assertThat(clients.addSecret(slug, first.client(), 0).toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("fewer than 5 secrets");
  }

  @Test
  void whatAnAccessTokenAsksForIsItsClientsWord() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    String token = token(grant(client));
    // When
    UUID ada =
        tenant
            .user("ada@acme.example")
            .create()
            .header("Authorization", "Bearer " + token)
            .expect(201)
            .id();
    // Then, though the access token will be forgotten
    assertThat(rows.texts("SELECT actor FROM journal WHERE resource_id = ?", ada))
        .containsExactly(client.client().toString());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            rows.number("SELECT count(last_used) FROM token WHERE client_id = ?", client.client())
                == 1);
  }

  @Test
  void aClientThatDoesNotUseItsAccessTokensGetsNoMoreForAWhile() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    for (int number = 0; number < TokenGrants.MOST_A_MINUTE; number++) {
      assertThat(grant(client).status()).isEqualTo(200);
    }
    // When
    Answer answer = grant(client);
    // Then
    assertRefused(answer, 429, "slow_down");
    assertThat(answer.headers()).containsKey("retry-after");
  }

  @Test
  void withAClientGoesItsAccess() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    String token = token(grant(client));
    assertThat(letsIn(token)).isTrue();
    // When
    done(clients.delete(slug, client.client()));
    // Then
    await().atMost(Duration.ofSeconds(3)).until(() -> !letsIn(token));
    assertRefused(grant(client), 401, "invalid_client");
  }

  @Test
  void aDisabledTenantGetsNothing() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    UUID federated = federate("subject-1");
    // When
    done(operator.tenants().disable(slug));
    // Then
    assertThat(federated).isNotNull();
    assertRefused(grant(client), 401, "invalid_client");
    assertRefused(show(assertion("subject-1", claims -> {}, key)), 401, "invalid_client");
  }

  @Test
  void accessTokensThatAreOverForLongAreForgotten() {
    // Given
    Issued client = done(clients.create(slug, "Entra", 365));
    grant(client);
    rows.update(
        "UPDATE token SET expires = now() - interval '2 days' WHERE client_id = '%s'"
            .formatted(client.client()));
    // When
    grant(client);
    // Then
    assertThat(rows.number("SELECT count(*) FROM token WHERE client_id = ?", client.client()))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 400 | invalid_request",
        "grant_type=password | 400 | unsupported_grant_type",
        "grant_type=client_credentials | 401 | invalid_client",
        "grant_type=client_credentials&grant_type=client_credentials | 400 | invalid_request",
        "grant_type=client_credentials&client_id=%zz | 400 | invalid_request",
        "grant_type=client_credentials&client_id=none&client_secret=x | 401 | invalid_client",
        "grant_type=client_credentials&client_id=7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10&client_secret=x"
            + " | 401 | invalid_client",
        "grant_type=client_credentials&client_assertion=a.b.c | 400 | invalid_request",
        "grant_type=client_credentials&client_secret=x&client_assertion=a.b.c | 400 |"
            + " invalid_request",
      })
  void whatCannotBeServedIsRefusedByItsName(String form, int status, String error) {
    assertRefused(ask("", form), status, error);
  }

  @ParameterizedTest
  @CsvSource({"Basic", "Basic %%%", "Basic bm9uZQ==", "Basic bm9uZTpub25l"})
  void whoIsUnknownIsAskedForAPassword(String authorization) {
    // When
    Answer answer = ask(authorization, "grant_type=client_credentials");
    // Then, RFC 6749 §5.2
    assertRefused(answer, 401, "invalid_client");
    assertThat(answer.headers()).containsEntry("www-authenticate", "Basic realm=\"scim\"");
  }

  @Test
  void anythingButAFormIsRefused() {
    // When
    Answer answer = ask("", "{\"grant_type\": \"client_credentials\"}", "application/json");
    // Then
    assertRefused(answer, 400, "invalid_request");
  }

  @Test
  void aFederatedClientShowsAnAssertion() {
    // Given
    federate("subject-2");
    // When
    Answer answer = show(assertion("subject-2", claims -> {}, key));
    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(letsIn(token(answer))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "-3600, 0, api://phonemos-scim, has expired",
    "172800, 0, api://phonemos-scim, of a day at most",
    "3600, 3600, api://phonemos-scim, not valid yet",
    "3600, 0, api://another, for our audience",
  })
  void anAssertionOfAnotherTimeOrForAnotherIsRefused(
      long expires, long begins, String audience, String reason) {
    // Given
    federate("subject-3");
    Instant now = Instant.now();
    // When
    Answer answer =
        show(
            assertion(
                "subject-3",
                claims ->
                    claims
                        .expirationTime(Date.from(now.plusSeconds(expires)))
                        .notBeforeTime(Date.from(now.plusSeconds(begins)))
                        .audience(audience),
                key));
    // Then
    assertRefused(answer, 401, "invalid_client");
    assertThat(answer.body().path("error_description").asText()).contains(reason);
  }

  @Test
  void anAssertionThatItsIssuerDidNotSignIsRefused() throws JOSEException {
    // Given
    federate("subject-4");
    // When
    Answer ofAnother = show(assertion("subject-4", claims -> {}, otherKey));
    Answer byAPassword =
        show(
            sign(
                new JWSHeader(JWSAlgorithm.HS256),
                claims("subject-4").build(),
                new MACSigner(new byte[32])));
    Answer byNobody =
        show(part("{\"alg\":\"none\"}") + "." + part(claims("subject-4").build().toString()) + ".");
    // Then
    assertRefused(ofAnother, 401, "invalid_client");
    assertRefused(byAPassword, 401, "invalid_client");
    assertRefused(byNobody, 401, "invalid_client");
  }

  @Test
  void nobodyIsAskedForTheKeysOfAnIssuerThatNoOperatorNamed() {
    // When
    Answer answer = show(assertion("nobody's subject", claims -> {}, key));
    // Then
    assertRefused(answer, 401, "invalid_client");
    ISSUER.verify(0, getRequestedFor(urlPathEqualTo(issuerPath + "/keys")));
  }

  @Test
  void whoseIssuerIsAwayIsToldToComeAgain() {
    // Given
    federate("subject-5");
    ISSUER.stubFor(
        get(urlPathEqualTo(issuerPath + "/.well-known/openid-configuration"))
            .willReturn(aResponse().withStatus(503)));
    // When
    Answer away = show(assertion("subject-5", claims -> {}, key));
    // Then
    assertRefused(away, 503, "temporarily_unavailable");
    assertThat(away.headers()).containsKey("retry-after");
  }

  @Test
  void theKeysAreReadOnce() {
    // Given
    federate("subject-6");
    // When
    for (int number = 0; number < 3; number++) {
      assertThat(show(assertion("subject-6", claims -> {}, key)).status()).isEqualTo(200);
    }
    // Then
    ISSUER.verify(1, getRequestedFor(urlPathEqualTo(issuerPath + "/keys")));
  }

  @Test
  void anIssuerThatMayNotBeCalledIsNotTaken() {
    assertThat(
            clients
                .federate(slug, "", new Federation("http://169.254.169.254/latest", "s", AUDIENCE))
                .toCompletionStage()
                .toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("Expected a URL of https");
  }

  private UUID federate(String subject) {
    return done(clients.federate(slug, "Entra", new Federation(issuer(), subject, AUDIENCE)));
  }

  private String issuer() {
    return ISSUER.baseUrl().replace("localhost", "127.0.0.1") + issuerPath;
  }

  private void publish(RSAKey published) {
    ISSUER.stubFor(
        get(urlPathEqualTo(issuerPath + "/.well-known/openid-configuration"))
            .willReturn(
                okJson(
                    "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}"
                        .formatted(issuer(), issuer()))));
    ISSUER.stubFor(
        get(urlPathEqualTo(issuerPath + "/keys"))
            .willReturn(okJson(new JWKSet(published.toPublicJWK()).toString())));
  }

  private interface Change {
    void apply(JWTClaimsSet.Builder claims);
  }

  private JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(subject)
        .audience(AUDIENCE)
        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
  }

  private String assertion(String subject, Change change, RSAKey with) {
    JWTClaimsSet.Builder claims = claims(subject);
    change.apply(claims);
    try {
      return sign(
          new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(),
          claims.build(),
          new RSASSASigner(with));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  private Answer show(String assertion) {
    return ask(
        "",
        "grant_type=client_credentials&client_assertion_type="
            + URLEncoder.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", UTF_8)
            + "&client_assertion="
            + assertion);
  }

  private Answer grant(Issued client) {
    return ask(basic(client.client(), client.secret()), "grant_type=client_credentials");
  }

  private static String basic(UUID client, String secret) {
    return Credentials.basic(client.toString(), secret);
  }

  private String origin() {
    return "http://127.0.0.1:" + TestEngine.port();
  }

  private Answer ask(String authorization, String form) {
    return ask(authorization, form, "application/x-www-form-urlencoded");
  }

  private Answer ask(String authorization, String body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + "/scim/oauth2/token"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.headers().map().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().getFirst())),
          JSON.readTree(answer.body()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static void assertRefused(Answer answer, int status, String error) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.body().path("error").asText()).isEqualTo(error);
    assertThat(answer.body().path("error_description").asText()).startsWith("Expected ");
  }

  private static String token(Answer answer) {
    return answer.body().path("access_token").asText();
  }

  private boolean letsIn(String token) {
    return tenant.get("/Users?count=0").header("Authorization", "Bearer " + token).send().status()
        == 200;
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
