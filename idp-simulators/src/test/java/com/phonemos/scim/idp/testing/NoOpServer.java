package com.phonemos.scim.idp.testing;

import com.phonemos.scim.idp.wire.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/** Knows nobody, accepts everything, remembers nothing: what is left is the client's own cost. */
public final class NoOpServer implements AutoCloseable {
  private static final Buffer NOBODY =
      Buffer.buffer(
          "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
              + "\"totalResults\":0,\"Resources\":[],\"startIndex\":1,\"itemsPerPage\":0}");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final int port;
  private long created;

  public NoOpServer() {
    port =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
  }

  private void answer(HttpServerRequest request) {
    if (request.method() == HttpMethod.GET) {
      request.response().end(NOBODY);
    } else if (request.method() == HttpMethod.POST) {
      created++;
      request.response().setStatusCode(201).end("{\"id\":\"r" + created + "\"}");
    } else {
      request.response().setStatusCode(204).end();
    }
  }

  public Endpoint endpoint() {
    return Endpoint.of(URI.create("http://127.0.0.1:" + port + "/scim/v2"), "token");
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
