package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.store.KeycloakTarget;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The push's own access to a realm (OAuth 2.0 client credentials, RFC 6749 §4.4). However many
 * calls wait for a token, it is asked for once. For use on one event loop.
 */
final class AccessTokens {
  /** A token is replaced when this part of its life is over. */
  private static final double USED_LIFE = 0.75;

  private final KeycloakTransport transport;
  private final KeycloakTarget target;
  private final LongSupplier nanoTime;
  private final PushRecorder recorder;
  private Future<String> token = Future.failedFuture("No token yet");
  private long freshUntil;
  private boolean asking;

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  AccessTokens(
      KeycloakTransport transport,
      KeycloakTarget target,
      LongSupplier nanoTime,
      PushRecorder recorder) {
    this.transport = transport;
    this.target = target;
    this.nanoTime = nanoTime;
    this.recorder = recorder;
  }

  /** Fails with {@link Problem.Unavailable} when Keycloak gives none. */
  Future<String> token() {
    boolean fresh = token.succeeded() && nanoTime.getAsLong() - freshUntil < 0;
    if (!asking && !fresh) {
      asking = true;
      token = ask().onComplete(done -> asking = false);
    }
    return token;
  }

  /**
   * Whom a token was given to: the claim {@code sub} of a JSON Web Token (RFC 7519 §4.1.2). Empty
   * when it is none.
   */
  static Optional<String> subject(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          ? Optional.of(
                  ReasonText.json(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])))
                      .path("sub")
                      .asText(""))
              .filter(subject -> !subject.isEmpty())
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** Has the next call ask for a new token, unless that has happened since. */
  void refuse(String refused) {
    if (token.succeeded() && token.result().equals(refused)) {
      token = Future.failedFuture("Refused");
    }
  }

  private Future<String> ask() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/x-www-form-urlencoded");
    String form =
        "grant_type=client_credentials&client_id="
            + encode(target.clientId())
            + "&client_secret="
            + encode(target.clientSecret());
    String address =
        target.url() + "/realms/" + encode(target.realm()) + "/protocol/openid-connect/token";
    return transport
        .exchange(HttpMethod.POST, address, headers, Optional.of(Buffer.buffer(form)))
        .compose(this::read)
        .onSuccess(token -> recorder.token("ok"))
        .onFailure(cause ->
            recorder.token(
                Problem.of(cause) instanceof Problem.Unavailable unavailable
                        && unavailable.scope() == Problem.Scope.REALM
                    ? "refused"
                    : "failed"));
  }

  private Future<String> read(KeycloakTransport.Exchange answer) {
    JsonNode body = ReasonText.json(answer.body());
    String accessToken = body.path("access_token").asText("");
    if (answer.status() == 200 && !accessToken.isEmpty()) {
      double life = body.path("expires_in").asLong(0) * USED_LIFE;
      freshUntil = nanoTime.getAsLong() + Duration.ofMillis((long) (life * 1000)).toNanos();
      return Future.succeededFuture(accessToken);
    }
    boolean ours = answer.status() >= 400 && answer.status() < 500 && answer.status() != 429;
    return Future.failedFuture(
        new KeycloakException(
            new Problem.Unavailable(
                ours ? Problem.Scope.REALM : Problem.Scope.SERVER,
                "Expected an access token for client "
                    + target
                    + ", but the answer was "
                    + answer.status()
                    + ": "
                    + ReasonText.of(body),
                answer.retryAfter())));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
