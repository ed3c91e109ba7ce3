package com.phonemos.scim.engine.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names each request, for the journal, the logs and the client. Ours, never the client's: it goes
 * into logs unescaped.
 */
final class RequestId {
  /** Header and routing context key. */
  static final String NAME = "X-Request-Id";

  private final String process;
  private final AtomicLong next = new AtomicLong();

  RequestId(RandomGenerator random) {
    this.process = Long.toString(random.nextLong() >>> 1, 36);
  }

  void assign(RoutingContext context) {
    context.put(NAME, assign(context.response()));
  }

  String assign(HttpServerResponse response) {
    String id = process + '-' + Long.toString(next.incrementAndGet(), 36);
    response.putHeader(NAME, id);
    return id;
  }

  static String of(RoutingContext context) {
    return context.get(NAME);
  }
}
