package com.phonemos.scim.engine.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/**
 * A JSON text that is answered as it grows: whole, with its length, while it is small, else in
 * chunks, each of which waits until the client has taken the one before. So an answer of any size
 * takes the memory of a chunk.
 */
final class JsonAnswer {
  /** Characters that are sent at once. */
  private static final int CHUNK = 64 << 10;

  private final RoutingContext context;
  private final int status;
  private final StringBuilder pending = new StringBuilder(1024);

  /** Of an answer to HEAD, whose body is counted and forgotten. */
  private long bytes;

  JsonAnswer(RoutingContext context, int status) {
    this.context = context;
    this.status = status;
  }

  JsonAnswer append(String text) {
    pending.append(text);
    return this;
  }

  JsonAnswer append(long number) {
    pending.append(number);
    return this;
  }

  /** Whether it is time to {@link #flush}. */
  boolean isLarge() {
    return pending.length() >= CHUNK;
  }

  /** Sends what there is; completes when the client can take more. */
  Future<Void> flush() {
    if (isHead()) {
      count();
      return Future.succeededFuture();
    }
    HttpServerResponse response = context.response();
    if (!response.headWritten()) {
      ResponseWriter.json(context, status).setChunked(true);
    }
    String chunk = pending.toString();
    pending.setLength(0);
    ExchangeCopy.answers(context, chunk);
    return response.write(chunk);
  }

  /** Sends the rest. */
  void end() {
    if (isHead()) {
      count();
      ResponseWriter.head(context, status, bytes);
    } else if (context.response().headWritten()) {
      String rest = pending.toString();
      ExchangeCopy.answers(context, rest);
      ResponseWriter.end(context, context.response().end(rest));
    } else {
      ResponseWriter.json(context, status, pending.toString());
    }
  }

  private boolean isHead() {
    return HttpMethod.HEAD.equals(context.request().method());
  }

  private void count() {
    bytes += pending.toString().getBytes(StandardCharsets.UTF_8).length;
    pending.setLength(0);
  }
}
