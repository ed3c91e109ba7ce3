package com.phonemos.scim.idp.entra;

/** One object could not be provisioned; the reason goes to the log and the object into escrow. */
final class ObjectFailed extends Exception {
  private static final long serialVersionUID = 1L;

  ObjectFailed(String reason) {
    // The reason is all there is to it; a stack trace would cost more than the request.
    super(reason, null, false, false);
  }
}
