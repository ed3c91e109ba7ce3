package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.FailureCode;
import com.phonemos.scim.engine.scim.protocol.ErrorBody;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.store.StoreFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that leaves the endpoint leaves here, errors in their one mapping included. */
final class ResponseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);

  /** RFC 7644 §8.1. */
  static final String MEDIA_TYPE = "application/scim+json; charset=utf-8";

  private static final CharSequence CONTENT_TYPE_VALUE = HttpHeaders.createOptimized(MEDIA_TYPE);
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence X_CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence WWW_AUTHENTICATE =
      HttpHeaders.createOptimized("WWW-Authenticate");
  private static final String ERROR = "error";

  /** Seconds; short, because what makes us refuse passes quickly. */
  private static final String RETRY_AFTER_SECONDS = "2";

  private ResponseWriter() {}

  /** Answers with a JSON text. */
  static void json(RoutingContext context, int status, String body) {
    Buffer bytes = Buffer.buffer(body);
    if (HttpMethod.HEAD.equals(context.request().method())) {
      head(context, status, bytes.length());
    } else {
      HttpServerResponse response = json(context, status);
      ExchangeCopy.answers(context, body);
      end(context, response.end(bytes));
    }
  }

  /** Answers HEAD: what GET would, without the body. */
  static void head(RoutingContext context, int status, long bytes) {
    HttpServerResponse response = json(context, status);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes));
    end(context, response.end());
  }

  /** The response whose body will be JSON. */
  static HttpServerResponse json(RoutingContext context, int status) {
    return headers(context, status).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE_VALUE);
  }

  /** Answers 204 or 304. */
  static void empty(RoutingContext context, int status) {
    end(context, headers(context, status).end());
  }

  static void error(RoutingContext context, ScimError error) {
    HttpServerResponse response = context.response();
    switch (error.status()) {
      case 401 -> response.putHeader(WWW_AUTHENTICATE, challenge(context, error.detail()));
      // RFC 7694 §3: says that it was the encoding.
      case 415 -> response.putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      case 429, 503 -> {
        if (!response.headers().contains(HttpHeaders.RETRY_AFTER)) {
          response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
      }
      default -> {}
    }
    context.put(ERROR, error);
    json(context, error.status(), ErrorBody.of(error).toString());
  }

  /** Refuses, and says when to come again: in whole seconds, because Okta reads nothing else. */
  static void retryLater(RoutingContext context, ScimError error, Duration wait) {
    context
        .response()
        .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
    error(context, error);
  }

  /** Maps whatever went wrong; a defect is logged here, once, and answered without its detail. */
  static void failure(RoutingContext context, Throwable cause) {
    error(context, errorOf(context, cause));
  }

  /** Ends an answer that began well and cannot go on so that its client knows it is not whole. */
  static void broken(RoutingContext context, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("requestId", RequestId.of(context))
        .addKeyValue("cause", String.valueOf(cause))
        .log("Answer broken off");
    context.response().reset();
  }

  /** Notes an error that is answered in a form of its own. */
  static void note(RoutingContext context, ScimError error) {
    context.put(ERROR, error);
  }

  /** What was answered, if it was an error. */
  static Optional<ScimError> error(RoutingContext context) {
    return Optional.ofNullable(context.get(ERROR));
  }

  /** RFC 6750 §3.1: who showed nothing is told of no error. */
  private static String challenge(RoutingContext context, String reason) {
    return context.request().headers().contains(HttpHeaders.AUTHORIZATION)
        ? "Bearer realm=\"scim\", error=\"invalid_token\", error_description=\"" + reason + '"'
        : "Bearer realm=\"scim\"";
  }

  private static ScimError errorOf(RoutingContext context, Throwable cause) {
    return switch (cause) {
      case ScimException rejection -> rejection.error();
      case ReplyException reply -> errorOf(context, FailureCode.of(reply.failureCode()));
      case HttpException http -> HttpStatus.error(http.getStatusCode());
      default -> {
        if (StoreFailure.of(cause) == StoreFailure.REFUSED) {
          LOG.atError()
              .setCause(cause)
              .addKeyValue("requestId", RequestId.of(context))
              .log("Request failed: a defect");
          yield errorOf(context, FailureCode.DEFECT);
        }
        LOG.atWarn()
            .addKeyValue("requestId", RequestId.of(context))
            .addKeyValue("cause", cause.toString())
            .log("Request refused: PostgreSQL is unavailable");
        yield errorOf(context, FailureCode.UNAVAILABLE);
      }
    };
  }

  private static ScimError errorOf(RoutingContext context, FailureCode code) {
    return switch (code) {
      case MAILBOX_FULL ->
          ScimError.of(503, "Expected room in the queue of this tenant, but it is full; retry");
      case EXPIRED ->
          ScimError.of(503, "Expected a free turn in time, but the service is busy; retry");
      case UNAVAILABLE ->
          ScimError.of(503, "Expected the database to answer, but it is unavailable; retry");
      case DEFECT ->
          ScimError.of(
              500,
              "Expected to handle this request, but the service failed; quote request id "
                  + RequestId.of(context));
    };
  }

  /** Costs a client that asks again its answer: it gets a conflict. */
  static void notNoted(RoutingContext context, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("requestId", RequestId.of(context))
        .addKeyValue("cause", cause.toString())
        .log("Undelivered answer not noted");
  }

  /** A change is committed, but what would have been answered with it could not be read. */
  static void notRead(RoutingContext context, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("requestId", RequestId.of(context))
        .addKeyValue("cause", cause.toString())
        .log("Committed change answered without its references");
  }

  /** Answers a change without a body: 204 (RFC 7644 §3.5.2). */
  static void written(RoutingContext context, Version version) {
    context.response().putHeader(HttpHeaders.ETAG, version.etag());
    empty(context, 204);
  }

  private static HttpServerResponse headers(RoutingContext context, int status) {
    UnreadBody.settle(context);
    ExchangeCopy.answers(context, "");
    return commonHeaders(context.response().setStatusCode(status));
  }

  /** What every answer says, refusals of HTTP itself included. */
  static HttpServerResponse commonHeaders(HttpServerResponse response) {
    return response
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .putHeader(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
  }

  static void end(RoutingContext context, Future<Void> sent) {
    sent.onFailure(cause ->
        LOG.atDebug()
            .addKeyValue("requestId", RequestId.of(context))
            .addKeyValue("cause", cause.toString())
            .log("Answer not delivered"));
  }
}
