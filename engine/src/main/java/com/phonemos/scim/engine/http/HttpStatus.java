package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimError;

/** Errors that the HTTP layer finds before SCIM is reached. */
final class HttpStatus {
  private HttpStatus() {}

  static ScimError error(int status) {
    return ScimError.of(
        status,
        switch (status) {
          case 400 -> "Expected a well-formed HTTP request";
          case 404 -> "Expected the path of a SCIM endpoint, but there is none here";
          case 405 -> "Expected one of the methods named in Allow";
          case 406 ->
              "Expected Accept to allow application/scim+json or application/json, but it does not";
          case 408 -> "Expected the whole body in time, but it is incomplete";
          case 413 -> "Expected a smaller body";
          case 414 -> "Expected a shorter request line";
          case 415 -> "Expected Content-Type application/scim+json or application/json, unencoded";
          case 417 -> "Expected no expectation other than 100-continue";
          case 431 -> "Expected fewer or shorter headers";
          case 501 -> "Expected a method that SCIM uses";
          default -> "Expected a request this endpoint serves";
        });
  }

  static ScimError brokenQuery() {
    return ScimError.of(400, "Expected a percent-encoded query, but the encoding is broken");
  }
}
