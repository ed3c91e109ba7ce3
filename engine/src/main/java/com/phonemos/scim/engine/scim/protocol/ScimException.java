package com.phonemos.scim.engine.scim.protocol;

/** Carries a {@link ScimError} out of the pure rules; an answer to the client, not a defect. */
public final class ScimException extends RuntimeException {
  private final transient ScimError error;

  public ScimException(ScimError error) {
    // No stack trace: it is thrown for control flow and shown to nobody.
    super(error.detail(), null, false, false);
    this.error = error;
  }

  public static ScimException badRequest(ScimType type, String detail) {
    return new ScimException(ScimError.badRequest(type, detail));
  }

  public ScimError error() {
    return error;
  }
}
