package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.Engine;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much may come, how answers travel, and how the endpoint says good-bye. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficEndpointTest {
  private static final int RATE = 5;

  private final Engine engine =
      TestEngine.another(
          Map.of(
              "PHONEMOS_SCIM_TENANT_RATE", Integer.toString(RATE),
              "PHONEMOS_SCIM_GZIP_BYTES", "2000",
              "PHONEMOS_SCIM_BASE_URL", "https://scim.example.com"));

  @AfterAll
  void stop() {
    engine.close();
  }

  @Test
  void moreThanTheRateIsAnswered429WithWholeSeconds() {
    // Given
    ScimTenant tenant = tenant();
    // When
    ScimAnswer refused =
        Stream.generate(() -> tenant.get("/Users?count=0").send())
            .limit(200)
            .filter(answer -> answer.status() == 429)
            .findFirst()
            .orElseThrow();
    // Then
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    tenant().get("/Users?count=0").expect(200);
  }

  @Test
  void longAnswersAreCompressedForWhoAsks() throws IOException, InterruptedException {
    // Given
    ScimTenant tenant = tenant();
    // When
    HttpResponse<byte[]> compressed = get(tenant, "/Schemas", "gzip,deflate");
    HttpResponse<byte[]> plain = get(tenant, "/Schemas", "identity");
    HttpResponse<byte[]> small = get(tenant, "/Users?count=0", "gzip");
    // Then
    assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
  }

  @Test
  void behindAProxyOnlyTheConfiguredAddressIsSaid() {
    // Given
    ScimTenant tenant = tenant();
    // When
    ScimAnswer created =
        tenant
            .user("anna")
            .create()
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Proto", "http")
            .header("Forwarded", "host=evil.example")
            .expect(201);
    // Then
    assertThat(created.header("Location"))
        .isEqualTo("https://scim.example.com/scim/v2/Users/" + created.id());
  }

  @Test
  void aConnectionServesManyRequestsInOrderAlsoWhenTheyComeAtOnce() throws IOException {
    // Given
    ScimTenant tenant = tenant();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      requests.append(request(tenant, "/Users?count=0&startIndex=" + (i + 1), "keep-alive"));
    }
    requests.append(request(tenant, "/Users?count=0&startIndex=6", "close"));
    // When
    String answers = exchange(requests.toString());
    // Then
    assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(7);
    assertThat(answers.replaceAll("(?s).*?\"startIndex\":(\\d)", "$1")).startsWith("123456");
  }

  @Test
  void whileItStopsEachAnswerEndsItsConnection() throws IOException {
    // Given
    Engine stopping = TestEngine.another(Map.of());
    ScimTenant tenant = TestEngine.tenant();
    try (Socket socket = new Socket("127.0.0.1", stopping.httpPort())) {
      socket.setSoTimeout(10_000);
      // A connection that the engine does not know of yet would end unanswered.
      StringBuilder said = new StringBuilder(asked(socket, tenant));
      // When
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
      // Then
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> {
            said.append(asked(socket, tenant));
            return said.toString().toLowerCase(Locale.ROOT).contains("connection: close");
          });
      assertThat(said.toString()).startsWith("HTTP/1.1 200");
      assertThat(socket.getInputStream().read()).isNegative();
      stopped.join();
    }
  }

  private static String asked(Socket socket, ScimTenant tenant) throws IOException {
    String request = request(tenant, "/Users?count=0", "keep-alive");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    byte[] answer = new byte[4_096];
    int length = socket.getInputStream().read(answer);
    assertThat(length).as("an answer on the open connection").isPositive();
    return new String(answer, 0, length, StandardCharsets.US_ASCII);
  }

  private ScimTenant tenant() {
    return TestEngine.tenant().at("http://127.0.0.1:" + engine.httpPort() + "/scim/v2");
  }

  private static HttpResponse<byte[]> get(ScimTenant tenant, String path, String encoding)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tenant.base() + path))
            .header("Authorization", "Bearer " + tenant.token())
            .header("Accept-Encoding", encoding)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static String request(ScimTenant tenant, String path, String connection) {
    return "GET /scim/v2%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: %s\r\n\r\n"
        .formatted(path, tenant.token(), connection);
  }

  private String exchange(String sent) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", engine.httpPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
