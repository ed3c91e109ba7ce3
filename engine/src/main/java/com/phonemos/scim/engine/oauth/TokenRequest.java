package com.phonemos.scim.engine.oauth;

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
}
