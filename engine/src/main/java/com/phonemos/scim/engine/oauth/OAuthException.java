package com.phonemos.scim.engine.oauth;

/** There is no access token. Known by its error, so it has no stack. */
final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient OAuthError error;

  OAuthException(OAuthError error) {
    super(error.description(), null, false, false);
    this.error = error;
  }

  OAuthError error() {
    return error;
  }
}
