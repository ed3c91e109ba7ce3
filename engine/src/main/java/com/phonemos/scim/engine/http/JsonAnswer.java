package com.phonemos.scim.engine.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

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
  private final boolean isHead;
  private final StringBuilder pending = new StringBuilder(1024);
  private boolean flushed;

  JsonAnswer(RoutingContext context, int status) {
    this.context = context;
    this.status = status;
    this.isHead = context.request().method() == HttpMethod.HEAD;
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
    String chunk = pending.toString();
    pending.setLength(0);
    flushed = true;
    if (isHead) {
      return Future.succeededFuture();
    }
    return started().write(chunk);
  }

  /** Sends the rest. */
  void end() {
    HttpServerResponse response = context.response();
    if (isHead && flushed) {
      // RFC 9110 §9.3.2: its length is not known without sending it.
      ResponseWriter.end(context, ResponseWriter.json(context, status).end());
    } else if (flushed) {
      ResponseWriter.end(context, response.end(pending.toString()));
    } else {
      ResponseWriter.json(context, status, pending.toString());
    }
  }

  private HttpServerResponse started() {
    HttpServerResponse response = context.response();
    return response.headWritten()
        ? response
        : ResponseWriter.json(context, status).setChunked(true);
  }
}
