package com.phonemos.scim.engine.cli;

/** A command cannot do what it was asked; the message tells its caller why. */
final class CommandException extends RuntimeException {
  private final ExitCode exitCode;

  CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
