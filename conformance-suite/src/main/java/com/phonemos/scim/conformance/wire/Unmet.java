package com.phonemos.scim.conformance.wire;

/** A requirement that a server did not meet. The case that asked decides what that means. */
public final class Unmet extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String actual;

  /** In the words of the report. */
  public Unmet(String expected, String actual) {
    super("Expected " + expected + ", but " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  /** What had to be. */
  public String expected() {
    return expected;
  }

  /** What was. */
  public String actual() {
    return actual;
  }
}
