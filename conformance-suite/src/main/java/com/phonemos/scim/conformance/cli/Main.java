package com.phonemos.scim.conformance.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code scim-conformance}. */
@Command(
    name = "scim-conformance",
    description = "Checks SCIM 2.0 servers, and records and replays sessions of their clients.",
    subcommands = {
      RunCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      ShrinkCommand.class,
      DiffCommand.class,
      CoverageCommand.class,
      PseudonymiseCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "First steps:",
      "  scim-conformance run --endpoint http://localhost:8080/scim/v2 --token … --report-dir"
          + " report"
    })
public final class Main {
  /** Runs the program and exits with its status. */
  public static void main(String[] arguments) {
    // Vert.x falls back to java.util.logging, whose lines would tear the progress bar.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          if (failure instanceof IOException) {
            command.getErr().println("Expected to read and write files, but " + failure);
            return ExitCode.UNREACHABLE;
          }
          throw failure;
        });
  }
}
