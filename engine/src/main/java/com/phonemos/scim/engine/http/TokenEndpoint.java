package com.phonemos.scim.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.oauth.Grant;
import com.phonemos.scim.engine.oauth.OAuthError;
import com.phonemos.scim.engine.oauth.TokenGrants;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * OAuth's token endpoint (RFC 6749 §3.2). Whoever is refused too often is told to wait, as at the
 * gate; a client that proves itself never is for the mistakes of others.
 *
 * <p>Not shared: one instance per event loop.
 */
final class TokenEndpoint {
  /** Beside each base of SCIM. */
  static final String PATH = "/oauth2/token";

  static final int BODY_BYTES = 32 << 10;

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String RETRY_AFTER_SECONDS = "30";
  private static final int PER_MINUTE = 30;
  private static final int AT_ONCE = 60;

  private final TokenGrants grants;
  private final TokenBuckets<String> refusals =
      new TokenBuckets<>(PER_MINUTE, Duration.ofMinutes(1), AT_ONCE);

  TokenEndpoint(TokenGrants grants) {
    this.grants = grants;
  }

  Future<Void> post(RoutingContext context) {
    if (!MediaTypes.is(context.request(), FORM)) {
      refuse(context, new OAuthError(400, "invalid_request", "Expected a body of " + FORM));
      return Future.succeededFuture();
    }
    List<String> headers = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() > 1) {
      refuse(context, new OAuthError(400, "invalid_request", "Expected one Authorization header"));
      return Future.succeededFuture();
    }
    Buffer body = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
    return grants
        .grant(headers.stream().findFirst(), body.toString())
        .map(grant -> {
          switch (grant) {
            case Grant.Issued issued -> answer(context, 200, issued(issued));
            case Grant.Refused refused -> refuse(context, refused.error());
          }
          return null;
        });
  }

  /** A form that is too large, or cannot be decoded. */
  void unreadable(RoutingContext context) {
    if (context.statusCode() >= 400 && context.statusCode() < 500) {
      refuse(
          context,
          new OAuthError(
              400,
              "invalid_request",
              "Expected a form of at most " + BODY_BYTES + " bytes, but it cannot be read"));
    } else {
      context.next();
    }
  }

  /** RFC 6749 §5.1. */
  private static ObjectNode issued(Grant.Issued issued) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", issued.token())
        .put("token_type", "Bearer")
        .put("expires_in", issued.lifetime().toSeconds());
  }

  private void refuse(RoutingContext context, OAuthError error) {
    Duration wait =
        refusals.take(context.request().remoteAddress().hostAddress(), System.nanoTime());
    if (!wait.isZero()) {
      context
          .response()
          .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
      answer(
          context,
          new OAuthError(
              429, "slow_down", "Expected a client of ours, but too many were none of these"));
      return;
    }
    if (error.status() == 401) {
      context.response().putHeader("WWW-Authenticate", "Basic realm=\"scim\"");
    } else if (error.status() == 429 || error.status() == 503) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    answer(context, error);
  }

  /** RFC 6749 §5.2. */
  private static void answer(RoutingContext context, OAuthError error) {
    ResponseWriter.note(context, ScimError.of(error.status(), error.description()));
    answer(
        context,
        error.status(),
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error.code())
            .put("error_description", error.description()));
  }

  private static void answer(RoutingContext context, int status, ObjectNode json) {
    ResponseWriter.end(
        context,
        ResponseWriter.commonHeaders(context.response().setStatusCode(status))
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .end(json.toString()));
  }
}
