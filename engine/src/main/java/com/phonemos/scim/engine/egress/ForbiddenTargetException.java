package com.phonemos.scim.engine.egress;

/** An address that may not be called; the message says why, and what an operator can do. */
public final class ForbiddenTargetException extends RuntimeException {
  ForbiddenTargetException(String message) {
    super(message);
  }
}
