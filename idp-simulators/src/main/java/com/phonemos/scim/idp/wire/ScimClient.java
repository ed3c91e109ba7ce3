package com.phonemos.scim.idp.wire;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP/1.1 client that sends what it is given and nothing else.
 *
 * <p>{@link #send} blocks its caller, so that an engine reads as the script it follows; virtual
 * threads make thousands of such callers cheap.
 */
public final class ScimClient implements AutoCloseable {
  private final Endpoint endpoint;
  private final Authorizer authorizer;
  private final HeaderLayout layout;
  private final Connection connection;
  private final List<ExchangeListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Pacer pacer = new Pacer(Double.POSITIVE_INFINITY);
  private final AtomicLong sent = new AtomicLong();
  private volatile SendOrder order = SendOrder.immediate();
  private final Vertx vertx;
  private final Context context;
  private final HttpClient http;

  /** A client of {@code endpoint}; connections are opened when they are needed. */
  public ScimClient(Endpoint endpoint, HeaderLayout layout, Connection connection) {
    this.endpoint = endpoint;
    this.authorizer = new Authorizer(endpoint.credentials(), this::ask);
    this.layout = layout;
    this.connection = connection;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.context = vertx.getOrCreateContext();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setDecompressionSupported(connection.compression())
                .setSsl(endpoint.secure()),
            new PoolOptions().setHttp1MaxSize(connection.connections()));
  }

  /** Where this client sends to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Sends no more than this from now on, evenly spread over all callers.
   *
   * @param requestsPerSecond the limit; infinity lifts it
   */
  public void pace(double requestsPerSecond) {
    pacer = new Pacer(requestsPerSecond);
  }

  /** Lets {@code order} decide from now on when requests that are ready go out. */
  public void order(SendOrder order) {
    this.order = order;
  }

  /** Adds a listener for all exchanges from now on. */
  public void listen(ExchangeListener listener) {
    listeners.add(listener);
  }

  /** Removes a listener. */
  public void unlisten(ExchangeListener listener) {
    listeners.remove(listener);
  }

  /** Sends a request and waits for the answer; failures are answers too. */
  public ScimAnswer send(ScimRequest request) {
    Optional<byte[]> body = request.body().map(Json::bytes);
    OptionalInt length = body.map(b -> OptionalInt.of(b.length)).orElseGet(OptionalInt::empty);
    String authorization;
    try {
      authorization = authorizer.authorization();
    } catch (Authorizer.NoTokenException none) {
      return new ScimAnswer.Lost(false, String.valueOf(none.getMessage()));
    }
    List<Header> headers = layout.headers(endpoint, authorization, request, length);
    String target = endpoint.target(request.target());
    CompletableFuture<Sent> pending = new CompletableFuture<>();
    order.ready(() -> {
      pacer.await();
      long number = sent.getAndIncrement();
      Instant startedAt = Instant.now();
      long start = System.nanoTime();
      context.runOnContext(go ->
          exchange(request.method(), target, headers, body)
              .onComplete(done -> {
                Duration latency = Duration.ofNanos(System.nanoTime() - start);
                pending.complete(new Sent(number, startedAt, latency, answer(done)));
              }));
    });
    Sent done = pending.join();
    ScimAnswer answer = done.answer();
    if (answer.status() == 401) {
      authorizer.refused();
    }
    Exchange exchange =
        new Exchange(
            done.number(), request, target, headers, answer, done.startedAt(), done.latency());
    listeners.forEach(listener -> listener.exchanged(exchange));
    return answer;
  }

  private record Sent(long number, Instant startedAt, Duration latency, ScimAnswer answer) {}

  private Future<ScimAnswer> exchange(
      Method method, String target, List<Header> headers, Optional<byte[]> body) {
    return exchange(
        new RequestOptions()
            .setHost(endpoint.base().getHost())
            .setPort(endpoint.port())
            .setSsl(endpoint.secure())
            .setMethod(HttpMethod.valueOf(method.name()))
            .setURI(target),
        headers,
        body);
  }

  /** Asks for an access token: no SCIM request, so that nobody listens to it. */
  private ScimAnswer ask(Authorizer.TokenRequest request) {
    CompletableFuture<ScimAnswer> pending = new CompletableFuture<>();
    List<Header> headers = new ArrayList<>(request.headers());
    headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(request.endpoint().toString());
    context.runOnContext(go ->
        exchange(options, headers, Optional.of(request.form().getBytes(StandardCharsets.UTF_8)))
            .onComplete(done -> pending.complete(answer(done))));
    return pending.join();
  }

  private Future<ScimAnswer> exchange(
      RequestOptions options, List<Header> headers, Optional<byte[]> body) {
    return http.request(options.setConnectTimeout(connection.timeout().toMillis()))
        .compose(request -> {
          headers.forEach(header -> request.headers().add(header.name(), header.value()));
          return send(request, body)
              .compose(ScimClient::receive)
              .timeout(connection.timeout().toMillis(), TimeUnit.MILLISECONDS)
              .onFailure(lost -> request.reset());
        });
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Optional<byte[]> body) {
    return body.isPresent() ? request.send(Buffer.buffer(body.get())) : request.send();
  }

  private static Future<ScimAnswer> receive(HttpClientResponse response) {
    return response
        .body()
        .map(body ->
            new ScimAnswer.Received(
                response.statusCode(),
                response.headers().entries().stream()
                    .map(header -> new Header(header.getKey(), header.getValue()))
                    .toList(),
                body.toString(StandardCharsets.UTF_8)));
  }

  private static ScimAnswer answer(AsyncResult<ScimAnswer> done) {
    if (done.succeeded()) {
      return done.result();
    }
    Throwable cause = done.cause();
    boolean timedOut = cause instanceof TimeoutException;
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ScimAnswer.Lost(timedOut, timedOut ? "time-out" : message);
  }

  /** Closes all connections. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
