package com.phonemos.scim.engine.egress;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** The content of an answer of somebody who might send more than is good for us. */
public final class BoundedBody {
  private BoundedBody() {}

  /** Fails, and ends the exchange, when there are more bytes than {@code limit}. */
  public static Future<Buffer> read(HttpClientResponse response, int limit) {
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(promise::tryFail);
    response.handler(chunk -> {
      if (body.length() + chunk.length() > limit) {
        promise.tryFail(new IllegalStateException("more than " + shown(limit) + " were answered"));
        response.request().reset();
      } else {
        body.appendBuffer(chunk);
      }
    });
    response.endHandler(end -> promise.tryComplete(body));
    return promise.future();
  }

  private static String shown(int bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }
}
