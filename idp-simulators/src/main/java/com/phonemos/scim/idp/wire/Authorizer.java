package com.phonemos.scim.idp.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.Credentials.Basic;
import com.phonemos.scim.idp.wire.Credentials.Bearer;
import com.phonemos.scim.idp.wire.Credentials.ClientAssertion;
import com.phonemos.scim.idp.wire.Credentials.ClientSecret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says what stands in {@code Authorization}. An access token is asked for when it is needed first,
 * and again a little before it ends, by one caller at a time.
 */
final class Authorizer {
  private static final Duration BEFORE_IT_ENDS = Duration.ofSeconds(30);
  private static final long WHEN_NOTHING_IS_SAID_SECONDS = 3_600;

  /**
   * A request for an access token (RFC 6749 §4.4.2).
   *
   * @param headers without those that a body needs
   * @param form its body
   */
  record TokenRequest(URI endpoint, List<Header> headers, String form) {}

  /** There is no access token. */
  static final class NoTokenException extends Exception {
    private static final long serialVersionUID = 1;

    NoTokenException(String message) {
      super(message);
    }
  }

  private final Credentials credentials;
  private final Function<TokenRequest, ScimAnswer> tokenEndpoint;
  private final ReentrantLock asking = new ReentrantLock();
  private String token = "";
  private Instant until = Instant.MIN;

  Authorizer(Credentials credentials, Function<TokenRequest, ScimAnswer> tokenEndpoint) {
    this.credentials = credentials;
    this.tokenEndpoint = tokenEndpoint;
  }

  /** The header's value; may wait for the token endpoint. */
  String authorization() throws NoTokenException {
    return switch (credentials) {
      case Bearer(String issued) -> "Bearer " + issued;
      case Basic(String user, String password) -> Credentials.basic(user, password);
      case ClientSecret client -> "Bearer " + accessToken(() -> withSecret(client));
      case ClientAssertion client -> "Bearer " + accessToken(() -> withAssertion(client));
    };
  }

  private static TokenRequest withSecret(ClientSecret client) {
    String shown = Credentials.basic(encoded(client.clientId()), encoded(client.secret()));
    return new TokenRequest(
        client.tokenEndpoint(),
        List.of(new Header("Authorization", shown)),
        "grant_type=client_credentials");
  }

  private static TokenRequest withAssertion(ClientAssertion client) {
    return new TokenRequest(
        client.tokenEndpoint(),
        List.of(),
        "grant_type=client_credentials&client_assertion_type="
            + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            + "&client_assertion="
            + encoded(client.assertion().get()));
  }

  /** The endpoint does not accept the access token any more: the next request brings another. */
  void refused() {
    asking.lock();
    try {
      until = Instant.MIN;
    } finally {
      asking.unlock();
    }
  }

  private String accessToken(Supplier<TokenRequest> request) throws NoTokenException {
    asking.lock();
    try {
      if (Instant.now().isBefore(until)) {
        return token;
      }
      ScimAnswer answer = tokenEndpoint.apply(request.get());
      ObjectNode json =
          answer
              .json()
              .filter(granted -> answer.succeeded() && granted.path("access_token").isTextual())
              .orElseThrow(
                  () -> new NoTokenException("the token endpoint gave none: " + reason(answer)));
      token = json.path("access_token").asText();
      long seconds = json.path("expires_in").asLong(WHEN_NOTHING_IS_SAID_SECONDS);
      until = Instant.now().plusSeconds(seconds).minus(BEFORE_IT_ENDS);
      return token;
    } finally {
      asking.unlock();
    }
  }

  /** The status and OAuth's error code (RFC 6749 §5.2). */
  private static String reason(ScimAnswer answer) {
    String code = answer.json().map(error -> error.path("error").asText("")).orElse("");
    return (answer.describe() + " " + code).strip();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
