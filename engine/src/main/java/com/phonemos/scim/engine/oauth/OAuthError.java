package com.phonemos.scim.engine.oauth;

/**
 * Why there is no access token (RFC 6749 §5.2).
 *
 * @param status of HTTP
 * @param code such as {@code invalid_client}
 * @param description for a person; holds no value that was sent
 */
public record OAuthError(int status, String code, String description) {
  static OAuthError invalidClient(String description) {
    return new OAuthError(401, "invalid_client", description);
  }

  /** Whoever tries is not told what is wrong. */
  static OAuthError unknownClient() {
    return invalidClient("Expected a client of ours and what proves it, but it is unknown");
  }

  /** The client may be right: it should come again. */
  static OAuthError later(String description) {
    return new OAuthError(503, "temporarily_unavailable", description);
  }

  /** The client is right, and asks far too often. */
  static OAuthError slowDown() {
    return new OAuthError(
        429, "slow_down", "Expected a client to use its access token, but it asks for many");
  }
}
