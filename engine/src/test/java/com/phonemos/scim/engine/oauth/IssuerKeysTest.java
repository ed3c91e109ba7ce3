package com.phonemos.scim.engine.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.phonemos.scim.engine.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an issuer is asked for its keys, and what becomes of them when it does not answer. */
class IssuerKeysTest {
  private static final String METADATA = "/.well-known/openid-configuration";

  private final WireMockServer issuer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final Vertx vertx = Vertx.vertx();
  private final Time time = new Time();
  private final IssuerKeys keys = new IssuerKeys(vertx, EgressPolicy.LOCAL, time);

  @BeforeEach
  void start() throws JOSEException {
    issuer.start();
    publish("k1");
  }

  @AfterEach
  void stop() throws Exception {
    issuer.stop();
    done(vertx.close());
  }

  @Test
  void theyAreReadAgainAfterAnHour() throws Exception {
    // Given
    read("k1");
    // When
    time.pass(Duration.ofMinutes(59));
    read("k1");
    // Then
    assertRead(1);
    // When
    time.pass(Duration.ofMinutes(2));
    read("k1");
    // Then
    assertRead(2);
  }

  @Test
  void aKeyThatIsNewIsReadAtOnceButNotOverAndOverAgain() throws Exception {
    // Given
    read("k1");
    publish("k2");
    // When
    time.pass(Duration.ofMinutes(1));
    JWKSet found = read("k2");
    read("made up");
    read("made up, too");
    // Then
    assertThat(found.getKeyByKeyId("k2")).isNotNull();
    assertRead(2);
  }

  @Test
  void theyAreKeptForADayWhileTheIssuerIsAway() throws Exception {
    // Given
    read("k1");
    issuer.resetAll();
    issuer.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    // When
    time.pass(Duration.ofHours(23));
    JWKSet kept = read("k1");
    time.pass(Duration.ofHours(2));
    // Then
    assertThat(kept.getKeyByKeyId("k1")).isNotNull();
    assertThatThrownBy(() -> read("k1")).hasMessageContaining("it answers 503");
  }

  @Test
  void anIssuerThatComesBackIsAskedAgain() throws Exception {
    // Given
    issuer.resetAll();
    issuer.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    assertThatThrownBy(() -> read("k1")).hasMessageContaining("it answers 503");
    publish("k1");
    // When
    time.pass(Duration.ofMinutes(1));
    // Then
    assertThat(read("k1").getKeyByKeyId("k1")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\": \"https://another.example\", \"jwks_uri\": \"%s/keys\"}",
        "{\"issuer\": \"%s\"}",
        "[]",
        "no JSON",
      })
  void metadataOfAnotherOrOfNobodyIsRefused(String metadata) {
    // Given
    issuer.stubFor(get(urlPathEqualTo(METADATA)).willReturn(okJson(metadata.replace("%s", url()))));
    // Then
    assertThatThrownBy(() -> read("k1")).hasMessageContaining("its metadata is");
  }

  @Test
  void moreThanAnyIssuerHasIsNotRead() {
    // Given
    issuer.stubFor(get(urlPathEqualTo("/keys")).willReturn(okJson(" ".repeat(300 << 10))));
    // Then
    assertThatThrownBy(() -> read("k1")).hasMessageContaining("more than");
  }

  private void publish(String id) throws JOSEException {
    issuer.stubFor(
        get(urlPathEqualTo(METADATA))
            .willReturn(
                okJson("{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(url()))));
    JWKSet published = new JWKSet(new RSAKeyGenerator(2_048).keyID(id).generate().toPublicJWK());
    issuer.stubFor(get(urlPathEqualTo("/keys")).willReturn(okJson(published.toString())));
  }

  private String url() {
    return "http://127.0.0.1:" + issuer.port();
  }

  private JWKSet read(String key) throws Exception {
    return done(keys.keys(url(), Optional.of(key)));
  }

  private void assertRead(int times) {
    issuer.verify(times, getRequestedFor(urlPathEqualTo("/keys")));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  /** A clock that is set. */
  private static final class Time extends Clock {
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    private void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
