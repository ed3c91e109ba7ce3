package com.phonemos.scim.engine.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Ends what an answer leaves open: a client may be sending a body that nobody is going to read, or
 * the service is about to stop. HTTP/2 needs none of it, its streams end by themselves.
 */
final class UnreadBody {
  /** Closing at once would make the client's system throw the answer away (RFC 9112 §9.6). */
  private static final Duration LINGER = Duration.ofMillis(500);

  /** A body this long is read to its end, so that the connection can be used on. */
  private static final long SMALL_BYTES = 64 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private UnreadBody() {}

  /** To be called before the headers of an answer are sent. */
  static void settle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isEnded()
        || request.version() == HttpVersion.HTTP_2
        || !RequestBody.announced(request)) {
      return;
    }
    request.resume();
    if (comesSoon(request)) {
      closeIfUnfinished(context, PATIENCE);
    } else {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.addEndHandler(done ->
          context.vertx().setTimer(LINGER.toMillis(), late -> request.connection().close()));
    }
  }

  /** Makes the next answer the connection's last. */
  static void lastAnswer(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.addEndHandler(done -> request.connection().close());
    }
  }

  private static void closeIfUnfinished(RoutingContext context, Duration patience) {
    HttpServerRequest request = context.request();
    long timer =
        context.vertx().setTimer(patience.toMillis(), late -> request.connection().close());
    request.endHandler(ended -> context.vertx().cancelTimer(timer));
    request.exceptionHandler(closed -> context.vertx().cancelTimer(timer));
  }

  private static boolean comesSoon(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || request.headers().contains(HttpHeaders.EXPECT)) {
      return false;
    }
    try {
      return Long.parseLong(length) <= SMALL_BYTES;
    } catch (NumberFormatException noLength) {
      return false;
    }
  }
}
