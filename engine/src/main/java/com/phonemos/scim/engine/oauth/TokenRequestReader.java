package com.phonemos.scim.engine.oauth;

import com.phonemos.scim.engine.oauth.TokenRequest.WithAssertion;
import com.phonemos.scim.engine.oauth.TokenRequest.WithSecret;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads what clients ask the token endpoint. What cannot be served is an {@link OAuthException}.
 */
final class TokenRequestReader {
  private static final int PARAMETERS = 50;
  private static final String BASIC = "basic ";
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private TokenRequestReader() {}

  /**
   * Reads a request.
   *
   * @param authorization its header
   * @param form its body
   */
  static TokenRequest read(Optional<String> authorization, String form) {
    Map<String, List<String>> parameters = parameters(form);
    if (!one(parameters, "grant_type")
        .orElseThrow(() -> invalid("Expected a grant_type, but it is missing"))
        .equals("client_credentials")) {
      throw new OAuthException(
          new OAuthError(
              400,
              "unsupported_grant_type",
              "Expected the grant_type client_credentials, but it is another"));
    }
    Optional<String> basic =
        authorization
            .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
            .map(header -> header.substring(BASIC.length()).strip());
    Optional<String> assertion = one(parameters, "client_assertion");
    Optional<String> secret = one(parameters, "client_secret");
    if (Stream.of(basic, assertion, secret).filter(Optional::isPresent).count() > 1) {
      throw invalid("Expected one way of client authentication, but there are several");
    }
    if (assertion.isPresent()) {
      if (one(parameters, "client_assertion_type").filter(ASSERTION_TYPE::equals).isEmpty()) {
        throw invalid("Expected the client_assertion_type " + ASSERTION_TYPE);
      }
      return new WithAssertion(assertion.get());
    }
    return basic
        .map(TokenRequestReader::basic)
        .orElseGet(() -> withSecret(one(parameters, "client_id"), secret));
  }

  private static Map<String, List<String>> parameters(String form) {
    Map<String, List<String>> parameters;
    try {
      parameters =
          new QueryStringDecoder(form, StandardCharsets.UTF_8, false, PARAMETERS).parameters();
    } catch (IllegalArgumentException broken) {
      throw invalid("Expected a form, but it cannot be decoded");
    }
    if (parameters.values().stream().anyMatch(values -> values.size() > 1)) {
      throw invalid("Expected each parameter once, but one is repeated");
    }
    return parameters;
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
      if (colon >= 0) {
        return withSecret(
            Optional.of(decoded(pair.substring(0, colon))),
            Optional.of(decoded(pair.substring(colon + 1))));
      }
    } catch (IllegalArgumentException broken) {
      throw new OAuthException(OAuthError.unknownClient());
    }
    throw new OAuthException(OAuthError.unknownClient());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static TokenRequest withSecret(Optional<String> client, Optional<String> secret) {
    if (client.isEmpty() || secret.isEmpty()) {
      throw new OAuthException(
          OAuthError.invalidClient("Expected a client's id and secret, or an assertion"));
    }
    try {
      return new WithSecret(UUID.fromString(client.get()), secret.get());
    } catch (IllegalArgumentException notAnId) {
      throw new OAuthException(OAuthError.unknownClient());
    }
  }

  private static OAuthException invalid(String description) {
    return new OAuthException(new OAuthError(400, "invalid_request", description));
  }
}
