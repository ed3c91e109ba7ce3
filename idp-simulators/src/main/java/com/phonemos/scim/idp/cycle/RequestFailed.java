package com.phonemos.scim.idp.cycle;

/** A request did not do what it should; the message says why, in the identity provider's words. */
public final class RequestFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure for this reason. */
  public RequestFailed(String reason) {
    // The reason is all there is to it; a stack trace would cost more than the request.
    super(reason, null, false, false);
  }

  /** The reason; never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
