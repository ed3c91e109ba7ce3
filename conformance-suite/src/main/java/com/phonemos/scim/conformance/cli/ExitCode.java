package com.phonemos.scim.conformance.cli;

/** What the program ends with; 2 is picocli's for a wrong command line. */
final class ExitCode {
  /** As it should be. */
  static final int OK = 0;

  /** The server does something else than it should. */
  static final int FOUND = 1;

  /** The server, or a file, cannot be reached. */
  static final int UNREACHABLE = 3;

  private ExitCode() {}
}
