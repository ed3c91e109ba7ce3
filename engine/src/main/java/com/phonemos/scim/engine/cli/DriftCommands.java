package com.phonemos.scim.engine.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code phonemos-scim drift …}. */
@Command(
    name = "drift",
    description = "What somebody else changed in Keycloak of what SCIM manages.",
    synopsisSubcommandLabel = "COMMAND")
final class DriftCommands {
  private DriftCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new DriftCommands())
        .addSubcommand(new DriftReportCommand(terminal))
        .addSubcommand(new DriftScanCommand(terminal));
  }
}
