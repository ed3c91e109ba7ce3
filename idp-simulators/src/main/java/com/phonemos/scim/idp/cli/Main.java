package com.phonemos.scim.idp.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code idp-sim}. */
@Command(
    name = "idp-sim",
    description = "Drives a SCIM 2.0 endpoint as an identity provider would.",
    subcommands = {
      EntraCommand.class,
      OktaCommand.class,
      DirectCommand.OneLoginCommand.class,
      DirectCommand.JumpCloudCommand.class,
      GenericCommand.class
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:everything was provisioned and, with --verify, the endpoint agrees",
      "1:the identity provider saw errors",
      "2:the command line is wrong",
      "3:--verify found differences, or could not read the endpoint"
    })
public final class Main {
  /** The identity provider saw errors. */
  static final int PROBLEMS = 1;

  /** The endpoint does not hold what it should. */
  static final int DIFFERENCES = 3;

  /** Runs the program and exits with its status. */
  public static void main(String[] arguments) {
    // Vert.x falls back to java.util.logging, whose lines would tear the progress bar.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    main.getCommandSpec().version(version());
    main.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version()));
    return main;
  }

  private static String version() {
    return "idp-sim "
        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(development)");
  }
}
