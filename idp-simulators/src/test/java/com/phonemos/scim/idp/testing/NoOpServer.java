package com.phonemos.scim.idp.testing;

import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Header;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;

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

  /** A client of this server with some connections. */
  public ScimClient client() {
    return new ScimClient(
        endpoint(),
        (where, authorization, request, length) -> List.of(new Header("Host", where.authority())),
        new Connection(8, Duration.ofSeconds(10), false));
  }

  /** Asks for nobody. */
  public void ask(ScimClient client) {
    client.send(ScimRequest.get(Purpose.PROBE, "/Users"));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
