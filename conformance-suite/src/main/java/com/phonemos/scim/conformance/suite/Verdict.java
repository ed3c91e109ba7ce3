package com.phonemos.scim.conformance.suite;

/** What became of a case: the five verdicts. */
public sealed interface Verdict {
  /** As the requirement says. */
  record Pass() implements Verdict {}

  /** A SHOULD that is not met, or a MUST that is met in a way that could be better. */
  record NonStrict(String expected, String actual) implements Verdict {}

  /** A MUST that is not met. */
  record Fail(String expected, String actual) implements Verdict {}

  /** What a server does where it is free. */
  record Informational(String observation) implements Verdict {}

  /** Not run. */
  record Skipped(String reason) implements Verdict {}

  /** As in reports. */
  default String key() {
    return switch (this) {
      case Pass pass -> "pass";
      case NonStrict nonStrict -> "non-strict";
      case Fail fail -> "fail";
      case Informational informational -> "info";
      case Skipped skipped -> "skipped";
    };
  }
}
