package com.phonemos.scim.engine.oauth;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.OAuthClients.Known;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives access tokens to clients that prove who they are. They are bearer tokens as any other, for
 * SCIM, and end after an hour; there is nothing to refresh.
 *
 * <p>Not shared: one instance per event loop.
 */
public final class TokenGrants {
  /** Microsoft's gallery asks for 60 to 360 minutes. */
  static final Duration LIFETIME = Duration.ofMinutes(60);

  /** For a client: it needs one an hour. */
  static final int MOST_A_MINUTE = 60;

  private final OAuthClients clients;
  private final Assertions assertions;
  private final SecureRandom random = new SecureRandom();

  /** Grants for clients that are stored; their issuers' keys are read within a policy. */
  public TokenGrants(Vertx vertx, OAuthClients clients, EgressPolicy policy, Clock clock) {
    this.clients = clients;
    this.assertions = new Assertions(clients, new IssuerKeys(vertx, policy, clock), clock);
  }

  /**
   * Decides on a request. Fails only when the database does.
   *
   * @param authorization its header
   * @param form its body
   */
  public Future<Grant> grant(Optional<String> authorization, String form) {
    return Future.succeededFuture()
        .compose(begun -> client(TokenRequestReader.read(authorization, form)))
        .compose(this::issue)
        .recover(cause ->
            cause instanceof OAuthException refusal
                ? Future.succeededFuture(new Grant.Refused(refusal.error()))
                : Future.failedFuture(cause));
  }

  private Future<Known> client(TokenRequest request) {
    return switch (request) {
      case TokenRequest.WithSecret shown -> withSecret(shown);
      case TokenRequest.WithAssertion shown -> assertions.client(shown.jwt());
    };
  }

  private Future<Known> withSecret(TokenRequest.WithSecret shown) {
    if (!BearerToken.wellFormed(shown.secret())) {
      throw new OAuthException(OAuthError.unknownClient());
    }
    return clients
        .withSecret(shown.client(), BearerToken.hash(shown.secret()))
        .map(known -> known.orElseThrow(() -> new OAuthException(OAuthError.unknownClient())));
  }

  private Future<Grant> issue(Known client) {
    String token = BearerToken.mint(client.tenant(), random);
    return clients
        .grant(client, BearerToken.hash(token), LIFETIME, MOST_A_MINUTE)
        .map(kept ->
            kept ? new Grant.Issued(token, LIFETIME) : new Grant.Refused(OAuthError.slowDown()));
  }
}
