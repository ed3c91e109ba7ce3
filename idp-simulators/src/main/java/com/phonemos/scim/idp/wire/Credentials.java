package com.phonemos.scim.idp.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** What an administrator enters to let an identity provider in. None tells its secret as text. */
public sealed interface Credentials {
  /**
   * A token that was issued for it.
   *
   * @param token the secret, without the word "Bearer"
   */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "a bearer token";
    }
  }

  /** HTTP Basic (RFC 7617): Okta offers it [D K3], Entra does not [M]. */
  record Basic(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "HTTP Basic";
    }
  }

  /**
   * OAuth's client credentials; the client shows its secret by HTTP Basic (RFC 6749 §2.3.1, §4.4)
   * [D E10] [R E11].
   */
  record ClientSecret(URI tokenEndpoint, String clientId, String secret) implements Credentials {
    @Override
    public String toString() {
      return "client credentials at " + tokenEndpoint;
    }
  }

  /**
   * OAuth's client credentials; instead of a secret the client shows an assertion of who federates
   * it (RFC 7523 §2.2) [R E11] [D E10].
   *
   * @param assertion the JWT, made anew for each token
   */
  record ClientAssertion(URI tokenEndpoint, Supplier<String> assertion) implements Credentials {
    @Override
    public String toString() {
      return "a client assertion at " + tokenEndpoint;
    }
  }

  /** {@code user:password} as HTTP Basic has it. */
  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
