package com.phonemos.scim.idp.okta;

/** A task failed; the administrator sees why and may retry it. */
final class TaskFailed extends Exception {
  private static final long serialVersionUID = 1L;

  TaskFailed(String reason) {
    // The reason is all there is to it; a stack trace would cost more than the request.
    super(reason, null, false, false);
  }
}
