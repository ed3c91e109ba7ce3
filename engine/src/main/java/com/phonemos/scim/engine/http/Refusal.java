package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ErrorBody;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Answers what HTTP itself refuses, in the one form of error this endpoint has, and ends the
 * connection: after such a request nobody knows where the next one starts.
 */
final class Refusal {
  private final RequestId requestIds;

  Refusal(RequestId requestIds) {
    this.requestIds = requestIds;
  }

  /** A request that could not be read. */
  void unreadable(HttpServerRequest request) {
    send(
        request,
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException line -> 414;
          case TooLongHttpHeaderException headers -> 431;
          case null, default -> 400;
        });
  }

  void send(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response().setStatusCode(status);
    requestIds.assign(response);
    ResponseWriter.commonHeaders(response)
        .putHeader(HttpHeaders.CONTENT_TYPE, ResponseWriter.MEDIA_TYPE);
    if (request.version() != HttpVersion.HTTP_2) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .end(ErrorBody.of(HttpStatus.error(status)).toString())
        .onComplete(sent -> {
          if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
          }
        });
  }
}
