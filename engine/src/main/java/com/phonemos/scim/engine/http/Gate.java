package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.store.TokenScope;
import com.phonemos.scim.engine.store.Tokens.Credential;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Token → tenant, before the body is read: who has no token costs no memory. */
final class Gate {
  private final Authenticator authenticator;
  private final Optional<String> origin;

  /**
   * Opens to tokens.
   *
   * @param origin what clients see before the path; absent: what each asks for. Never taken from
   *     {@code X-Forwarded-*}, which any client can send
   */
  Gate(Authenticator authenticator, Optional<String> origin) {
    this.authenticator = authenticator;
    this.origin = origin;
  }

  /** Lets through who shows a good token for this. */
  void authenticated(RoutingContext context, String base, TokenScope scope) {
    context.request().pause();
    authenticator
        .authenticate(context.request())
        .onSuccess(outcome -> {
          context.request().resume();
          switch (outcome) {
            case Authenticator.Outcome.Accepted accepted ->
                accepted(context, accepted.credential(), base, scope);
            case Authenticator.Outcome.Refused refused ->
                ResponseWriter.error(context, ScimError.of(refused.status(), refused.reason()));
            case Authenticator.Outcome.TooMany tooMany ->
                ResponseWriter.retryLater(
                    context,
                    ScimError.of(429, "Expected a valid bearer token, but too many were invalid"),
                    tooMany.delay());
          }
        })
        .onFailure(cause -> {
          context.request().resume();
          context.fail(cause);
        });
  }

  /** Lets through who shows a good token or none (RFC 7643 §5, authenticationSchemes). */
  void anyone(RoutingContext context, String base) {
    if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
      authenticated(context, base, TokenScope.SCIM);
    } else {
      pass(context, Optional.empty(), base);
    }
  }

  private void accepted(
      RoutingContext context, Credential credential, String base, TokenScope scope) {
    if (credential.scope() != scope) {
      ResponseWriter.error(
          context, ScimError.of(403, "Expected a token for this endpoint, but it is for another"));
      return;
    }
    boolean strict = scope == TokenScope.SCIM && credential.policy().dialect() == Dialect.STRICT;
    if (strict && !MediaTypes.accepted(context.request())) {
      ResponseWriter.error(context, HttpStatus.error(406));
    } else {
      pass(context, Optional.of(credential), base);
    }
  }

  private void pass(RoutingContext context, Optional<Credential> shown, String base) {
    new Exchange(shown, RequestId.of(context), base(context, base)).attach(context);
    shown.flatMap(Credential::recording).ifPresent(on -> ExchangeCopy.begin(context));
    context.next();
  }

  private String base(RoutingContext context, String path) {
    HttpServerRequest request = context.request();
    return origin.orElseGet(() -> request.scheme() + "://" + request.authority()) + path;
  }
}
