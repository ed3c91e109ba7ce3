package com.phonemos.scim.conformance.record;

import com.phonemos.scim.conformance.har.HarEntry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stands between a client and a SCIM server and hands on every byte as it comes, in both
 * directions, without holding a message; a copy of each exchange goes to a sink.
 */
public final class RecordingProxy {
  private static final int CONNECTIONS = 256;

  private final URI upstream;
  private final ExchangeSink sink;
  private final HttpClient client;
  private final HttpServer server;

  /**
   * A proxy that does not listen yet.
   *
   * @param listening port, host and, for TLS, the certificate
   * @param upstream scheme, host and port are used; paths stay as they are
   * @param calling how to reach the upstream, for TLS whom to trust
   */
  public RecordingProxy(
      Vertx vertx,
      HttpServerOptions listening,
      URI upstream,
      HttpClientOptions calling,
      ExchangeSink sink) {
    this.upstream = upstream;
    this.sink = sink;
    this.client =
        vertx.createHttpClient(
            calling.setSsl(upstream.getScheme().equals("https")),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.server =
        vertx
            .createHttpServer(listening.setHandle100ContinueAutomatically(true))
            .requestHandler(this::forward);
  }

  /** Listens; the future has the port. */
  public Future<Integer> start() {
    return server.listen().map(HttpServer::actualPort);
  }

  /** Stops listening and calling. */
  public Future<Void> stop() {
    return server.close().compose(closed -> client.close());
  }

  private void forward(HttpServerRequest request) {
    request.pause();
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    BodyCopy asked = new BodyCopy();
    BodyCopy answered = new BodyCopy();
    boolean tls = upstream.getScheme().equals("https");
    int port = upstream.getPort() > 0 ? upstream.getPort() : tls ? 443 : 80;
    client
        .request(
            new RequestOptions()
                .setMethod(request.method())
                .setHost(upstream.getHost())
                .setPort(port)
                .setURI(request.uri()))
        .compose(call -> {
          call.headers().setAll(request.headers());
          call.setChunked(chunked(request.headers()));
          Future<HttpClientResponse> response = call.response();
          hand(request, call, asked);
          return response;
        })
        .compose(response -> answer(response, request.response(), answered))
        .onSuccess(response ->
            sink.exchanged(
                entry(request, asked, response, answered, startedAt, System.nanoTime() - started)))
        .onFailure(cause -> refuse(request.response()));
  }

  private Future<HttpClientResponse> answer(
      HttpClientResponse response, HttpServerResponse to, BodyCopy copy) {
    to.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
    to.headers().setAll(response.headers());
    to.setChunked(chunked(response.headers()));
    hand(response, to, copy);
    return response.end().map(response);
  }

  /** Hands on what comes, as fast as the other side takes it, and keeps a copy. */
  private static void hand(ReadStream<Buffer> from, WriteStream<Buffer> to, BodyCopy copy) {
    from.handler(chunk -> {
      copy.add(chunk);
      to.write(chunk);
      if (to.writeQueueFull()) {
        from.pause();
        to.drainHandler(drained -> from.resume());
      }
    });
    from.endHandler(end -> to.end());
    from.exceptionHandler(broken -> abort(to));
    from.resume();
  }

  private static void abort(WriteStream<Buffer> to) {
    switch (to) {
      case HttpClientRequest call -> call.reset();
      case HttpServerResponse response -> response.reset();
      default -> to.end();
    }
  }

  private static void refuse(HttpServerResponse response) {
    if (!response.headWritten() && !response.closed()) {
      response.setStatusCode(502).end();
    } else {
      response.reset();
    }
  }

  private static boolean chunked(MultiMap headers) {
    return headers.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true);
  }

  private static HarEntry entry(
      HttpServerRequest request,
      BodyCopy asked,
      HttpClientResponse response,
      BodyCopy answered,
      Instant startedAt,
      long nanos) {
    return new HarEntry(
        startedAt,
        Duration.ofNanos(nanos),
        request.method().name(),
        request.absoluteURI(),
        BodyCopy.headers(request.headers()),
        Optional.of(asked.text(request.headers())).filter(text -> !text.isEmpty()),
        response.statusCode(),
        BodyCopy.headers(response.headers()),
        Optional.ofNullable(response.getHeader(HttpHeaders.CONTENT_TYPE)).orElse(""),
        answered.text(response.headers()),
        asked.truncated() || answered.truncated() ? "body cut at " + BodyCopy.MOST + " bytes" : "");
  }
}
