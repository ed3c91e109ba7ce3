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
          case 413 -> "Expected a smaller body";
          case 414 -> "Expected a shorter request line";
          case 415 -> "Expected Content-Type application/scim+json or application/json, unencoded";
          case 431 -> "Expected fewer or shorter headers";
          default -> "Expected a request this endpoint serves";
        });
  }
}
