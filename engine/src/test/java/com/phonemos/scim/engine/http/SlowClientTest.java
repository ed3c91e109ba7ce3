package com.phonemos.scim.engine.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time, at an endpoint with less patience than the real one. */
class SlowClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final HttpLimits.Traffic LIMITS =
      new HttpLimits.Traffic(2, 1, 0, 0, PATIENCE, PATIENCE, PATIENCE);

  private final Vertx vertx = Vertx.vertx();
  private int port;

  /** To each its own: a connection counts until the endpoint has noticed its end. */
  @BeforeEach
  void serve() throws Exception {
    Endpoint endpoint = new Endpoint();
    vertx.deployVerticle(endpoint).await(10, SECONDS);
    port = endpoint.port;
  }

  /** What {@link HttpVerticle} serves with, without what it serves. */
  private static final class Endpoint extends VerticleBase {
    private int port;

    @Override
    public Future<?> start() {
      Connections connections = new Connections(vertx, LIMITS);
      Router router = Router.router(vertx);
      router.route().handler(connections::serve);
      router.route().handler(new RequestBody(1_000, LIMITS.body()));
      router.route().handler(context -> ResponseWriter.empty(context, 204));
      return vertx
          .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
          .connectionHandler(connections::opened)
          .requestHandler(router)
          .listen(0, "127.0.0.1")
          .onSuccess(server -> port = server.actualPort());
    }
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, SECONDS);
  }

  @Test
  void aByteAtATimeGainsNoTime() throws IOException {
    // Given
    try (Socket socket = connect("GET /")) {
      // When
      // Then
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            try {
              socket.getOutputStream().write('a');
              return false;
            } catch (IOException closed) {
              return true;
            }
          });
    }
  }

  @Test
  void aConnectionWithoutAnotherRequestEnds() throws IOException {
    // Given
    try (Socket socket = connect("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      // When
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      // Then
      assertThat(answer)
          .startsWith("HTTP/1.1 204 ")
          .doesNotContainIgnoringCase("connection: close");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnswered408() throws IOException {
    // Given
    String head =
        "POST / HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 900\r\n\r\n"
            + "{";
    try (Socket socket = connect(head)) {
      // When
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      // Then
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"status\":\"408\"");
    }
  }

  @Test
  void moreConnectionsThanAreAllowedAreClosedAtOnce() throws IOException {
    // Given
    try (Socket first = connect("");
        Socket second = connect("");
        Socket third = connect("")) {
      // When
      int end = third.getInputStream().read();
      // Then
      assertThat(end).isNegative();
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  private Socket connect(String sent) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
