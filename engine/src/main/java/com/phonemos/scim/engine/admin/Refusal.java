package com.phonemos.scim.engine.admin;

/** An operation that cannot be done; the message tells its caller why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** Whose move it is. */
  public enum Kind {
    /** What was asked for makes no sense. */
    INVALID,

    /** What was named is not there. */
    ABSENT,

    /** What is there does not allow it. */
    CONFLICT
  }

  /**
   * A refusal.
   *
   * @param message of the form "Expected …, but …"
   */
  public Refusal(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
