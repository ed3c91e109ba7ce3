package com.phonemos.scim.idp.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.memory.MemoryScim;
import com.phonemos.scim.idp.memory.MemoryScim.Reply;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A SCIM server on a free port that keeps every request as it came. */
public final class RecordingServer implements AutoCloseable {
  /** The token that it accepts; it accepts any other as well. */
  public static final String TOKEN = "s3cret-token";

  private final Vertx vertx = Vertx.vertx();
  private final MemoryScim scim = new MemoryScim();
  private final List<Recorded> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Function<Recorded, Optional<Fault>> faults = request -> Optional.empty();

  /** An answer instead of the real one; a negative status means no answer at all. */
  public record Fault(int status, String body, Map<String, String> headers) {
    public static Fault of(int status) {
      Reply error = MemoryScim.error(status, "injected");
      return new Fault(status, error.body(), Map.of());
    }

    public static Fault of(int status, String header, String value) {
      return new Fault(status, of(status).body(), Map.of(header, value));
    }

    public static Fault silence() {
      return new Fault(-1, "", Map.of());
    }
  }

  /** A request as it came. */
  public record Recorded(
      String method, String target, List<Map.Entry<String, String>> headers, String body) {
    public String line() {
      return method + " " + target;
    }

    /** The request line and, below it, the body, as golden files have it. */
    @Override
    public String toString() {
      return body.isEmpty() ? line() : line() + "\n  " + body;
    }
  }

  public RecordingServer() {
    server = vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1").await();
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers().entries());
          Recorded recorded =
              new Recorded(request.method().name(), request.uri(), headers, body.toString());
          requests.add(recorded);
          respond(request, recorded);
        });
  }

  private void respond(HttpServerRequest request, Recorded recorded) {
    Optional<Fault> fault = faults.apply(recorded);
    if (fault.isPresent()) {
      if (fault.get().status() > 0) {
        fault.get().headers().forEach(request.response()::putHeader);
        request.response().setStatusCode(fault.get().status()).end(fault.get().body());
      }
      return;
    }
    String query = request.query() == null ? "" : request.query();
    Reply reply =
        scim.answer(
            recorded.method(),
            request.path(),
            query,
            recorded.body(),
            request.headers().contains("If-Match") ? request.getHeader("If-Match") : "");
    request
        .response()
        .putHeader("Content-Type", "application/scim+json")
        .setStatusCode(reply.status())
        .end(reply.body());
  }

  public Endpoint endpoint() {
    return Endpoint.of(URI.create("http://127.0.0.1:" + server.actualPort() + "/scim/v2"), TOKEN);
  }

  /** From now on answers with the fault that this function finds for a request. */
  public void fail(Function<Recorded, Optional<Fault>> function) {
    faults = function;
  }

  public void recover() {
    faults = request -> Optional.empty();
  }

  /** What was asked since the last call. */
  public List<Recorded> take() {
    List<Recorded> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  /** What was asked since the last call, base path left out, as one text. */
  public String transcript() {
    StringBuilder text = new StringBuilder();
    take().forEach(r -> text.append(r.toString().replace(" /scim/v2", " ")).append('\n'));
    return text.toString();
  }

  /** Announces this as ServiceProviderConfig; versions are kept if etag is among it. */
  public void announce(String serviceProviderConfig) {
    scim.announce(serviceProviderConfig);
  }

  public void seedUser(String json) {
    scim.seed("Users", Json.object(json).orElseThrow());
  }

  public void seedGroup(String json) {
    scim.seed("Groups", Json.object(json).orElseThrow());
  }

  public ObjectNode user(String id) {
    return scim.store("Users").get(id);
  }

  public ObjectNode group(String id) {
    return scim.store("Groups").get(id);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
