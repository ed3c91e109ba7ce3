package com.phonemos.scim.idp.verify;

/** The endpoint could not be read back, so that nothing can be said about what it holds. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String reason) {
    super(reason);
  }
}
