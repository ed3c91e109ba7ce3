package com.phonemos.scim.engine.bus;

/** Why a command got no answer: the codes of failed replies on the bus. */
public enum FailureCode {
  /** The tenant's mailbox is full. */
  MAILBOX_FULL(1),
  /** The command waited past its deadline and was not executed. */
  EXPIRED(2),
  /** PostgreSQL is away or too busy. */
  UNAVAILABLE(3),
  /** A defect, logged where it was met. */
  DEFECT(4);

  private final int number;

  FailureCode(int number) {
    this.number = number;
  }

  /** As in a failed reply. */
  public int number() {
    return number;
  }

  /** The reply's failure code; the bus's own failures, such as a timeout, mean unavailable. */
  public static FailureCode of(int number) {
    for (FailureCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    return UNAVAILABLE;
  }
}
