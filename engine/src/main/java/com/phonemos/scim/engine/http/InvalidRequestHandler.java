package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ErrorBody;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers requests that HTTP itself refuses in the one form of error this endpoint has. */
final class InvalidRequestHandler implements Handler<HttpServerRequest> {
  @Override
  public void handle(HttpServerRequest request) {
    int status = status(request.decoderResult());
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, ResponseWriter.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(ErrorBody.of(HttpStatus.error(status)).toString())
        .onComplete(sent -> request.connection().close());
  }

  private static int status(DecoderResult result) {
    return switch (result.cause()) {
      case TooLongHttpLineException line -> 414;
      case TooLongHttpHeaderException headers -> 431;
      case null, default -> 400;
    };
  }
}
