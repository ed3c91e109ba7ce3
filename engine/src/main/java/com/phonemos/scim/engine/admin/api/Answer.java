package com.phonemos.scim.engine.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.Function;

/** What an operation answers when it can be done. */
sealed interface Answer {
  /** 200, or 201 for what is new. */
  record Json(int status, JsonNode body) implements Answer {}

  /** 204. */
  record Done() implements Answer {}

  /** 200 with a text of any length. */
  record Streamed(String mediaType, Function<WriteStream<Buffer>, Future<Void>> write)
      implements Answer {}

  static Answer ok(JsonNode body) {
    return new Json(200, body);
  }

  static Answer created(JsonNode body) {
    return new Json(201, body);
  }
}
