package com.phonemos.scim.engine.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.Engine;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TLS of the endpoint's own, and HTTP/2 by ALPN, the only way in which it is offered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
  private static final long CANCEL = 8;

  private final TlsFiles files = TlsFiles.create();
  private final Engine engine =
      TestEngine.another(
          Map.of(
              "PHONEMOS_SCIM_TLS_CERTIFICATE", files.certificate().toString(),
              "PHONEMOS_SCIM_TLS_KEY", files.key().toString()));
  private final ScimTenant tenant =
      TestEngine.tenant().at("https://localhost:" + engine.httpPort() + "/scim/v2");
  private final Vertx vertx = Vertx.vertx();

  @AfterAll
  void stop() throws Exception {
    engine.close();
    vertx.close().await(10, SECONDS);
  }

  @Test
  void aClientThatSpeaksHttp2IsServedInIt() throws Exception {
    // Given
    HttpRequest request = request("/Users?count=0");
    // When
    HttpResponse<String> answer =
        client(HttpClient.Version.HTTP_2).send(request, BodyHandlers.ofString());
    // Then
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"totalResults\":0");
  }

  @Test
  void aClientThatDoesNotIsServedInHttp11() throws Exception {
    // Given
    HttpRequest request = request("/ResourceTypes/User");
    // When
    HttpResponse<String> answer =
        client(HttpClient.Version.HTTP_1_1).send(request, BodyHandlers.ofString());
    // Then
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.body()).contains("\"location\":\"" + tenant.base() + "/ResourceTypes/User\"");
  }

  @Test
  void resettingEveryStreamEndsTheConnectionAndHarmsNobodyElse() throws Exception {
    // Given
    HttpClientAgent agent =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setProtocolVersion(HttpVersion.HTTP_2));
    HttpClientConnection connection =
        agent
            .connect(new HttpConnectOptions().setHost("localhost").setPort(engine.httpPort()))
            .await(10, SECONDS);
    AtomicBoolean ended = new AtomicBoolean();
    connection.goAwayHandler(goAway -> ended.set(true));
    connection.closeHandler(closed -> ended.set(true));
    // When
    resetStreams(connection, ended, 10_000);
    // Then
    await().atMost(Duration.ofSeconds(30)).untilTrue(ended);
    assertThat(
            client(HttpClient.Version.HTTP_2)
                .send(request("/Users?count=0"), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  private Future<Void> resetStreams(
      HttpClientConnection connection, AtomicBoolean ended, int left) {
    if (left == 0 || ended.get()) {
      return Future.succeededFuture();
    }
    return connection
        .request(new RequestOptions().setMethod(HttpMethod.GET).setURI("/scim/v2/Users"))
        .compose(request -> request.sendHead().compose(sent -> request.reset(CANCEL)))
        .compose(reset -> resetStreams(connection, ended, left - 1));
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(tenant.base() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + tenant.token())
        .build();
  }

  private HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(files.trusting()).build();
  }
}
