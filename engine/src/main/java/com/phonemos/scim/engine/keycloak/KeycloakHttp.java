package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.egress.BoundedBody;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.egress.EgressResolver;
import com.phonemos.scim.engine.egress.ForbiddenTargetException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Exchanges with a Keycloak: bounded in time and in size, redirects not followed. */
final class KeycloakHttp implements KeycloakTransport {
  private static final long TIMEOUT_MS = 10_000;
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int CONNECTIONS = 16;
  private static final int BODY_LIMIT = 10 * 1024 * 1024;

  private final HttpClient client;
  private final Optional<EgressResolver> egress;
  private final long timeoutMs;

  /** For an operator's own commands: whatever the address is. */
  KeycloakHttp(Vertx vertx) {
    this(vertx, TIMEOUT_MS, Optional.empty());
  }

  /** Connects to nothing that the policy does not allow, whatever a name resolves to. */
  KeycloakHttp(Vertx vertx, EgressPolicy policy) {
    this(vertx, TIMEOUT_MS, Optional.of(policy));
  }

  KeycloakHttp(Vertx vertx, long timeoutMs, Optional<EgressPolicy> policy) {
    this.timeoutMs = timeoutMs;
    this.egress = policy.map(rules -> new EgressResolver(vertx, rules));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) Math.min(CONNECT_TIMEOUT_MS, timeoutMs))
                .setDecompressionSupported(false)
                .setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(1_000));
  }

  @Override
  public Future<Exchange> exchange(
      HttpMethod method, String address, MultiMap headers, Optional<Buffer> body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(address)
            .setHeaders(headers)
            .setFollowRedirects(false)
            .setIdleTimeout(timeoutMs);
    Future<RequestOptions> allowed =
        egress
            .map(resolver -> resolver.resolve(address).map(options::setServer))
            .orElseGet(() -> Future.succeededFuture(options));
    return allowed
        .compose(client::request)
        .compose(request -> send(request, body))
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(unavailable(cause)));
  }

  Future<Void> close() {
    return client.close();
  }

  private static Future<Exchange> send(HttpClientRequest request, Optional<Buffer> body) {
    // Listened to before anything is sent: an answer without content has ended by the time that
    // a caller outside the event loop would have asked for it.
    Future<Exchange> exchange = request.response().compose(KeycloakHttp::read);
    return body.map(request::send).orElseGet(request::send).compose(head -> exchange);
  }

  private static Future<Exchange> read(HttpClientResponse head) {
    return BoundedBody.read(head, BODY_LIMIT)
        .map(content ->
            new Exchange(
                head.statusCode(),
                Optional.ofNullable(head.getHeader("Location")).orElse(""),
                retryAfter(head),
                content));
  }

  /** Seconds only: a date would need a clock that agrees with the sender's. */
  private static Optional<Duration> retryAfter(HttpClientResponse response) {
    String value = Optional.ofNullable(response.getHeader("Retry-After")).orElse("").strip();
    return value.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  private KeycloakException unavailable(Throwable cause) {
    if (cause instanceof KeycloakException known) {
      return known;
    }
    if (cause instanceof ForbiddenTargetException forbidden) {
      return new KeycloakException(
          new Problem.Unavailable(
              Problem.Scope.REALM, String.valueOf(forbidden.getMessage()), Optional.empty()));
    }
    String fact =
        cause instanceof TimeoutException
            ? "there was no answer within " + timeoutMs + " ms"
            : ReasonText.of(cause);
    return new KeycloakException(
        new Problem.Unavailable(
            Problem.Scope.SERVER, "Expected an answer of Keycloak, but " + fact, Optional.empty()));
  }
}
