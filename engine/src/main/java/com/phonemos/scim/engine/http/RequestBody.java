package com.phonemos.scim.engine.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;

/**
 * Reads a request's body within bounds of size and time. What is too much or no JSON is refused
 * before a byte of it is read, also when it asks with {@code Expect: 100-continue}.
 */
final class RequestBody implements Handler<RoutingContext> {
  private final BodyHandler reader;
  private final Duration patience;

  RequestBody(long bytes, Duration patience) {
    this.reader = BodyHandler.create(false).setBodyLimit(bytes);
    this.patience = patience;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (announced(request) && !MediaTypes.isJson(request)) {
      ResponseWriter.error(context, HttpStatus.error(415));
      return;
    }
    await(context, patience);
    reader.handle(context);
  }

  /** Refuses what has not come whole in time. */
  static void await(RoutingContext context, Duration patience) {
    if (!context.request().isEnded()) {
      long timer = context.vertx().setTimer(patience.toMillis(), late -> refuseUnfinished(context));
      context.addEndHandler(done -> context.vertx().cancelTimer(timer));
    }
  }

  /** Whether a body follows the headers. */
  static boolean announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static void refuseUnfinished(RoutingContext context) {
    if (!context.request().isEnded() && !context.response().ended()) {
      ResponseWriter.error(context, HttpStatus.error(408));
    }
  }
}
