package com.phonemos.scim.idp.memory;

import com.phonemos.scim.idp.memory.MemoryScim.Reply;
import com.phonemos.scim.idp.wire.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * A SCIM endpoint in this process, empty at first, that forgets everything when it is closed. It
 * shows a simulator at work; it is no measure for an endpoint, because it refuses hardly anything.
 */
public final class MemoryEndpoint implements AutoCloseable {
  private static final String TOKEN = "in-memory";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final MemoryScim scim = new MemoryScim();
  private final HttpServer server;

  private MemoryEndpoint() {
    server = vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1").await();
  }

  /** Starts one on a free port of this machine. */
  public static MemoryEndpoint start() {
    return new MemoryEndpoint();
  }

  /** Where it is, with a token that it accepts. */
  public Endpoint endpoint() {
    URI base = URI.create("http://127.0.0.1:" + server.actualPort() + "/scim/v2");
    return Endpoint.of(base, TOKEN);
  }

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body)).onFailure(gone -> request.end());
  }

  private void answer(HttpServerRequest request, Buffer body) {
    String query = request.query();
    String version = request.getHeader("If-Match");
    Reply reply =
        scim.answer(
            request.method().name(),
            request.path(),
            query == null ? "" : query,
            body.toString(),
            version == null ? "" : version);
    request
        .response()
        .putHeader("Content-Type", "application/scim+json")
        .setStatusCode(reply.status())
        .end(reply.body());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
