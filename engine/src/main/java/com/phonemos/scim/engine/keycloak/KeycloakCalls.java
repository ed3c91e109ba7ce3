package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.KeycloakTarget;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Calls of a realm's Admin REST API: with a token, told apart by what their failure means. The gate
 * and the realm's breaker hear of each call.
 */
final class KeycloakCalls {
  private final KeycloakTransport transport;
  private final String base;
  private final AccessTokens tokens;
  private final KeycloakGate gate;
  private final CircuitBreaker realm;
  private final LongSupplier nanoTime;

  /**
   * @param gate of the Keycloak, which other realms share
   * @param realm breaker for this realm alone
   * @param nanoTime as {@link System#nanoTime()}
   */
  KeycloakCalls(
      KeycloakTransport transport,
      KeycloakTarget target,
      KeycloakGate gate,
      CircuitBreaker realm,
      LongSupplier nanoTime,
      PushRecorder recorder) {
    this.transport = transport;
    this.base = target.url() + "/admin/realms/" + encode(target.realm());
    this.tokens = new AccessTokens(transport, target, nanoTime, recorder);
    this.gate = gate;
    this.realm = realm;
    this.nanoTime = nanoTime;
  }

  /** What a call answered. */
  record Answer(String location, JsonNode body) {}

  Future<Answer> get(String path) {
    return call(HttpMethod.GET, path, Optional.empty());
  }

  Future<Answer> post(String path, Optional<ObjectNode> body) {
    return call(HttpMethod.POST, path, body);
  }

  Future<Answer> put(String path, Optional<ObjectNode> body) {
    return call(HttpMethod.PUT, path, body);
  }

  Future<Answer> delete(String path) {
    return call(HttpMethod.DELETE, path, Optional.empty());
  }

  /** The id of the account that calls are made with; see {@link AccessTokens#subject}. */
  Future<Optional<String>> subject() {
    return tokens.token().map(AccessTokens::subject);
  }

  /** What is at a path; empty when there is nothing. */
  Future<Optional<ObjectNode>> find(String path) {
    return get(path)
        .transform(read -> {
          if (read.succeeded()) {
            return read.result().body() instanceof ObjectNode representation
                ? Future.succeededFuture(Optional.of(representation))
                : Future.failedFuture(senseless("a representation"));
          }
          return Problem.of(read.cause()) instanceof Problem.NotFound
              ? Future.succeededFuture(Optional.empty())
              : Future.failedFuture(read.cause());
        });
  }

  /** The representations of a list. */
  Future<List<ObjectNode>> list(String path) {
    return get(path)
        .compose(answer -> {
          if (!answer.body().isArray()) {
            return Future.failedFuture(senseless("a list"));
          }
          List<ObjectNode> found = new ArrayList<>();
          for (JsonNode item : answer.body()) {
            if (item instanceof ObjectNode representation) {
              found.add(representation);
            }
          }
          return Future.succeededFuture(found);
        });
  }

  /** What is told of an answer that no Keycloak should give. */
  static KeycloakException senseless(String expected) {
    return new KeycloakException(
        new Problem.Failed("Expected " + expected + " from Keycloak, but it sent something else"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Future<Answer> call(HttpMethod method, String path, Optional<ObjectNode> body) {
    long start = nanoTime.getAsLong();
    Optional<Buffer> content = body.map(json -> Buffer.buffer(json.toString()));
    return tokens
        .token()
        .compose(token ->
            exchange(method, path, content, token)
                .compose(answer -> {
                  if (answer.status() != 401) {
                    return Future.succeededFuture(answer);
                  }
                  tokens.refuse(token);
                  return tokens.token().compose(fresh -> exchange(method, path, content, fresh));
                }))
        .compose(answer -> read(method, path, answer))
        .onSuccess(answer -> answered(nanoTime.getAsLong() - start))
        .onFailure(cause -> tellBreakers(cause, nanoTime.getAsLong() - start));
  }

  private Future<KeycloakTransport.Exchange> exchange(
      HttpMethod method, String path, Optional<Buffer> content, String token) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Authorization", "Bearer " + token)
            .add("Accept", "application/json");
    if (content.isPresent()) {
      headers.add("Content-Type", "application/json");
    }
    return transport.exchange(method, base + path, headers, content);
  }

  private void tellBreakers(Throwable cause, long nanos) {
    switch (Problem.of(cause)) {
      case Problem.Unavailable unavailable -> {
        switch (unavailable.scope()) {
          case SERVER -> gate.failed(unavailable.retryAfter());
          case REALM -> {
            gate.answered(nanos);
            realm.failed(unavailable.retryAfter());
          }
        }
      }
      case Problem.Failed failed -> {
        gate.faltered();
        realm.succeeded();
      }
      case Problem.Conflict conflict -> answered(nanos);
      case Problem.NotFound notFound -> answered(nanos);
      case Problem.Rejected rejected -> answered(nanos);
    }
  }

  private void answered(long nanos) {
    gate.answered(nanos);
    realm.succeeded();
  }

  private static Future<Answer> read(
      HttpMethod method, String path, KeycloakTransport.Exchange exchange) {
    JsonNode body = ReasonText.json(exchange.body());
    boolean done = exchange.status() >= 200 && exchange.status() < 300;
    if (done && (body.isContainerNode() || exchange.body().length() == 0)) {
      return Future.succeededFuture(new Answer(exchange.location(), body));
    }
    // Without ids: they would make as many different reasons as there are resources.
    String call = method + " " + path.replaceAll("\\?.*|/[0-9a-f-]{36}", "");
    return Future.failedFuture(
        new KeycloakException(problem(exchange, body, "Keycloak's answer to " + call + " was ")));
  }

  private static Problem problem(KeycloakTransport.Exchange exchange, JsonNode body, String call) {
    int status = exchange.status();
    String reason = call + status + ": " + ReasonText.of(body);
    return switch (status) {
      case 400 ->
          ReasonText.ofRejection(body)
              .<Problem>map(
                  text -> new Problem.Rejected("Keycloak does not accept this content: " + text))
              .orElse(new Problem.Failed(reason));
      case 401, 403 -> unavailable(Problem.Scope.REALM, reason, exchange);
      case 404 -> notFound(exchange, body, reason);
      case 409 -> new Problem.Conflict(reason);
      case 413 -> new Problem.Rejected(reason);
      case 429, 502, 503, 504 -> unavailable(Problem.Scope.SERVER, reason, exchange);
      default -> new Problem.Failed(status < 300 ? call + status + ", but no JSON" : reason);
    };
  }

  /** A realm that is gone, or a proxy that knows no such path, must not look like a gone user. */
  private static Problem notFound(
      KeycloakTransport.Exchange exchange, JsonNode body, String reason) {
    String error = body.path("error").asText("");
    return error.isEmpty() || error.startsWith("Realm")
        ? unavailable(Problem.Scope.REALM, reason, exchange)
        : new Problem.NotFound(reason);
  }

  private static Problem unavailable(
      Problem.Scope scope, String reason, KeycloakTransport.Exchange exchange) {
    return new Problem.Unavailable(scope, reason, exchange.retryAfter());
  }
}
