package com.phonemos.scim.engine.oauth;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client asks the token endpoint (RFC 6749 §4.4.2), by whichever of the ways in which it may
 * show who it is.
 */
sealed interface TokenRequest {
  /** It shows a secret, by HTTP Basic or in the form (RFC 6749 §2.3.1). */
  record WithSecret(UUID client, String secret) implements TokenRequest {
    @Override
    public String toString() {
      return "WithSecret[" + client + "]";
    }
  }

  /** It shows an assertion (RFC 7523 §2.2). */
  record WithAssertion(String jwt) implements TokenRequest {
    @Override
    public String toString() {
      return "WithAssertion[]";
    }
  }

  /** It cannot be served. */
  record Malformed(OAuthError error) implements TokenRequest {}

  /**
   * Reads a request.
   *
   * @param authorization its header
   * @param form its body
   */
  static TokenRequest read(Optional<String> authorization, String form) {
    return Reader.read(authorization, form);
  }

  /** Reads what others wrote. */
  final class Reader {
    private static final int PARAMETERS = 50;
    private static final String BASIC = "basic ";
    private static final String ASSERTION_TYPE =
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private Reader() {}

    static TokenRequest read(Optional<String> authorization, String form) {
      Map<String, List<String>> parameters;
      try {
        parameters =
            new QueryStringDecoder(form, StandardCharsets.UTF_8, false, PARAMETERS).parameters();
      } catch (IllegalArgumentException broken) {
        return malformed("invalid_request", "Expected a form, but it cannot be decoded");
      }
      Optional<String> twice =
          parameters.entrySet().stream()
              .filter(parameter -> parameter.getValue().size() > 1)
              .map(Map.Entry::getKey)
              .findFirst();
      if (twice.isPresent()) {
        return malformed("invalid_request", "Expected each parameter once, but one is repeated");
      }
      Optional<String> grant = one(parameters, "grant_type");
      if (grant.isEmpty()) {
        return malformed("invalid_request", "Expected a grant_type, but it is missing");
      }
      if (!grant.get().equals("client_credentials")) {
        return malformed(
            "unsupported_grant_type",
            "Expected the grant_type client_credentials, but it is another");
      }
      boolean basic =
          authorization.filter(a -> a.regionMatches(true, 0, BASIC, 0, BASIC.length())).isPresent();
      Optional<String> assertion = one(parameters, "client_assertion");
      Optional<String> secret = one(parameters, "client_secret");
      if ((basic ? 1 : 0) + (assertion.isPresent() ? 1 : 0) + (secret.isPresent() ? 1 : 0) > 1) {
        return malformed(
            "invalid_request", "Expected one way of client authentication, but there are several");
      }
      if (assertion.isPresent()) {
        return one(parameters, "client_assertion_type").filter(ASSERTION_TYPE::equals).isPresent()
            ? new WithAssertion(assertion.get())
            : malformed("invalid_request", "Expected the client_assertion_type " + ASSERTION_TYPE);
      }
      return basic
          ? basic(authorization.orElse("").substring(BASIC.length()).strip())
          : withSecret(one(parameters, "client_id"), secret);
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
      return Optional.ofNullable(parameters.get(name))
          .map(List::getFirst)
          .filter(value -> !value.isEmpty());
    }

    private static TokenRequest basic(String credentials) {
      try {
        String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return colon < 0
            ? new Malformed(OAuthError.unknownClient())
            : withSecret(
                Optional.of(decoded(pair.substring(0, colon))),
                Optional.of(decoded(pair.substring(colon + 1))));
      } catch (IllegalArgumentException broken) {
        return new Malformed(OAuthError.unknownClient());
      }
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static TokenRequest withSecret(Optional<String> client, Optional<String> secret) {
      if (client.isEmpty() || secret.isEmpty()) {
        return new Malformed(
            OAuthError.invalidClient("Expected a client's id and secret, or an assertion"));
      }
      try {
        return new WithSecret(UUID.fromString(client.get()), secret.get());
      } catch (IllegalArgumentException notAnId) {
        return new Malformed(OAuthError.unknownClient());
      }
    }

    private static TokenRequest malformed(String code, String description) {
      return new Malformed(new OAuthError(400, code, description));
    }
  }
}
