package com.phonemos.scim.engine.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wants to be told of changes is, in order, signed, and again until it has taken them. */
class WebhookTest {
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  private static final WireMockServer RECEIVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  private static Vertx vertx;
  private static Webhooks webhooks;

  private final ScimTenant tenant = TestEngine.tenant();

  @BeforeAll
  static void open() {
    RECEIVER.start();
    vertx = Vertx.vertx();
    webhooks =
        new Webhooks(
            Database.open(vertx, TestEngine.database(), 1),
            SecretBox.withKeys(ScimTenant.secretKey()));
  }

  @AfterAll
  static void close() throws Exception {
    RECEIVER.stop();
    get(vertx.close());
  }

  @BeforeEach
  void accept() {
    RECEIVER.resetAll();
    RECEIVER.stubFor(any(anyUrl()).willReturn(ok()));
  }

  @Test
  void everyChangeIsSentInOrderAndSigned() throws Exception {
    // Given
    add("http://127.0.0.1:" + RECEIVER.port() + "/hook", 0);
    // When
    UUID anna = tenant.user("anna").create().expect(201).id();
    tenant.patchUser(anna).replace("active", false).expect(200);
    tenant.deleteUser(anna).expect(204);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(changes())
                .extracting(change -> change.path("operation").asText())
                .containsExactly("create", "patch", "delete"));
    LoggedRequest first = received().getFirst();
    assertThat(first.getHeader("webhook-signature"))
        .isEqualTo(
            "v1,"
                + hmac(
                    first.getHeader("webhook-id")
                        + "."
                        + first.getHeader("webhook-timestamp")
                        + "."
                        + first.getBodyAsString()));
    assertThat(JSON.readTree(first.getBodyAsString()).path("type").asText())
        .isEqualTo("directory.changed");
  }

  @Test
  void whatIsNotTakenIsSentAgainUnderTheSameId() throws Exception {
    // Given
    RECEIVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
    UUID hook = add("http://127.0.0.1:" + RECEIVER.port() + "/hook", 0);
    tenant.user("anna").create().expect(201);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(state(hook).reason()).contains("Expected an answer of 2xx, but it was 500"));
    // When
    RECEIVER.stubFor(any(anyUrl()).willReturn(ok()));
    get(webhooks.replay(tenant.id(), hook, Optional.empty()));
    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(state(hook).after()).isEqualTo(1));
    assertThat(received())
        .hasSizeGreaterThanOrEqualTo(2)
        .extracting(request -> request.getHeader("webhook-id"))
        .containsOnly(hook + "-0-1");
    // When
    get(webhooks.replay(tenant.id(), hook, Optional.of(0L)));
    int before = received().size();
    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(received()).hasSizeGreaterThan(before));
  }

  @Test
  void whoIsGoneIsGivenUpAndWhatMayNotBeCalledIsNot() throws Exception {
    // Given
    RECEIVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(410)));
    UUID gone = add("http://127.0.0.1:" + RECEIVER.port() + "/hook", 0);
    UUID forbidden = add("http://127.0.0.2:" + RECEIVER.port() + "/hook", 0);
    // When
    tenant.user("anna").create().expect(201);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(state(gone).givenUp()).isTrue();
          assertThat(state(forbidden).reason().orElse(""))
              .contains("PHONEMOS_SCIM_PRIVATE_TARGETS");
        });
    assertThat(received()).hasSize(1);
  }

  private UUID add(String url, long after) throws Exception {
    return get(webhooks.add(tenant.id(), url, SECRET, Optional.of(after)));
  }

  private Webhooks.Webhook state(UUID hook) throws Exception {
    return get(webhooks.list(tenant.id())).stream()
        .filter(one -> one.id().equals(hook))
        .findFirst()
        .orElseThrow();
  }

  private static List<LoggedRequest> received() {
    return RECEIVER.findAll(postRequestedFor(anyUrl()));
  }

  private static List<JsonNode> changes() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (LoggedRequest request : received()) {
      JSON.readTree(request.getBodyAsString()).at("/data/changes").forEach(all::add);
    }
    return all;
  }

  private static String hmac(String content) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }
}
