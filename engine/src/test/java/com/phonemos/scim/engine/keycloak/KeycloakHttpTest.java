package com.phonemos.scim.engine.keycloak;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.store.KeycloakTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Keycloak, or whatever answers in its place, may do to a connection. */
final class KeycloakHttpTest {
  private static final long PATIENT_MS = 20_000;
  private static final long IMPATIENT_MS = 500;
  private static final int TOO_MUCH = 11 * 1024 * 1024;
  private static final String TOKEN = ".*/protocol/openid-connect/token";

  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort());

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
    PushWorld.get(vertx.close());
  }

  @BeforeEach
  void giveTokens() {
    SERVER.resetAll();
    SERVER.stubFor(
        post(urlPathMatching(TOKEN))
            .willReturn(okJson("{\"access_token\":\"one\",\"expires_in\":300}")));
  }

  static List<Arguments> answersThatSayNothingOfTheUser() {
    return List.of(
        Arguments.of(
            "reset",
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            "an answer of Keycloak"),
        Arguments.of("empty", aResponse().withFault(Fault.EMPTY_RESPONSE), "an answer of Keycloak"),
        Arguments.of(
            "garbage",
            aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
            "an answer of Keycloak"),
        Arguments.of(
            "cut short",
            aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            "an answer of Keycloak"),
        Arguments.of("endless", aResponse().withBody(new byte[TOO_MUCH]), "more than 10 MiB"),
        Arguments.of("broken JSON", aResponse().withBody("{\"id\":"), "200, but no JSON"),
        Arguments.of(
            "a login page",
            aResponse().withHeader("Content-Type", "text/html").withBody("<html>Welcome</html>"),
            "200, but no JSON"),
        Arguments.of(
            "a redirect",
            aResponse().withStatus(302).withHeader("Location", "http://169.254.169.254/"),
            "was 302"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersThatSayNothingOfTheUser")
  void anAnswerThatMakesNoSenseIsNeitherAUserNorItsAbsence(
      String name, ResponseDefinitionBuilder answer, String reason) {
    // Given
    SERVER.stubFor(get(urlPathMatching(".*/users/.*")).willReturn(answer));
    // When
    Optional<Problem> problem = problem(url(), PATIENT_MS);
    // Then
    assertThat(problem)
        .hasValueSatisfying(found -> {
          assertThat(found).isInstanceOfAny(Problem.Failed.class, Problem.Unavailable.class);
          assertThat(found.reason()).contains(reason);
        });
  }

  @Test
  void anAnswerThatNeverComesIsNotWaitedForLonger() {
    // Given
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay((int) PATIENT_MS)));
    // When
    Optional<Problem> problem = problem(url(), IMPATIENT_MS);
    // Then
    assertThat(problem)
        .hasValueSatisfying(found ->
            assertThat(found)
                .isInstanceOf(Problem.Unavailable.class)
                .extracting(Problem::reason)
                .asString()
                .contains("there was no answer within 500 ms"));
  }

  @Test
  void fiftyCallsThatWaitForATokenAskForItOnce() {
    // Given
    SERVER.stubFor(
        post(urlPathMatching(TOKEN))
            .willReturn(
                okJson("{\"access_token\":\"one\",\"expires_in\":300}").withFixedDelay(50)));
    SERVER.stubFor(get(urlPathMatching(".*/users/.*")).willReturn(okJson("{\"id\":\"1\"}")));
    // When
    List<Object> users =
        PushWorld.get(
            onEventLoop(
                url(),
                PATIENT_MS,
                client ->
                    Future.all(
                            Collections.nCopies(50, 0).stream().map(i -> client.user("1")).toList())
                        .map(all -> all.list())));
    // Then
    assertThat(users).hasSize(50).doesNotContain(Optional.empty());
    SERVER.verify(1, postRequestedFor(urlPathMatching(TOKEN)));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedAndNamed() {
    // Given
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    // When
    Optional<Problem> problem = problem("https://127.0.0.1:" + SERVER.httpsPort(), PATIENT_MS);
    // Then
    assertThat(problem)
        .hasValueSatisfying(found ->
            assertThat(found.reason())
                .startsWith("Expected an answer of Keycloak, but")
                .contains("SSL connection: ")
                .contains("certification path"));
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  private static String url() {
    return "http://127.0.0.1:" + SERVER.port();
  }

  private static Optional<Problem> problem(String url, long timeoutMs) {
    return PushWorld.get(
        onEventLoop(
            url,
            timeoutMs,
            client ->
                client
                    .user("1")
                    .transform(read ->
                        Future.succeededFuture(
                            read.failed()
                                ? Optional.of(Problem.of(read.cause()))
                                : Optional.empty()))));
  }

  private static <T> Future<T> onEventLoop(
      String url, long timeoutMs, Function<KeycloakClient, Future<T>> use) {
    Promise<T> promise = Promise.promise();
    vertx.runOnContext(start -> {
      KeycloakHttp http = new KeycloakHttp(vertx, timeoutMs, Optional.of(EgressPolicy.LOCAL));
      CircuitBreaker breaker = new CircuitBreaker(System::nanoTime, Duration.ofSeconds(1));
      KeycloakCalls calls =
          new KeycloakCalls(
              http,
              new KeycloakTarget(url, "acme", "scim", "secret"),
              new KeycloakGate(breaker, new AdaptiveLimit(System::nanoTime, 8)),
              breaker,
              System::nanoTime,
              PushRecorder.NONE);
      use.apply(new KeycloakClient(calls)).eventually(http::close).onComplete(promise);
    });
    return promise.future().timeout(20, TimeUnit.SECONDS);
  }
}
