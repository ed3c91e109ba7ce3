package com.phonemos.scim.engine.oauth;

import java.time.Duration;

/** What the token endpoint decides. */
public sealed interface Grant {
  /** An access token. */
  record Issued(String token, Duration lifetime) implements Grant {
    /** Without the token. */
    @Override
    public String toString() {
      return "Issued[" + lifetime + "]";
    }
  }

  /** None. */
  record Refused(OAuthError error) implements Grant {}
}
