package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.ConfigException;
import com.phonemos.scim.engine.EngineStartException;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgresException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's command line. */
@Command(
    name = "phonemos-scim",
    description =
        "SCIM 2.0 provisioning: the identity provider is the source of truth, Keycloak"
            + " follows.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  phonemos-scim serve",
      "  phonemos-scim tenant create acme",
      "  phonemos-scim token issue acme --label Entra",
      "",
      "Settings come from the environment; phonemos-scim serve --help lists them.",
    })
public final class PhonemosScim {
  private PhonemosScim() {}

  /**
   * The command line with all commands.
   *
   * @param environment holds the settings
   */
  public static CommandLine commandLine(
      Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Terminal terminal = new Terminal(environment, out, err);
    CommandLine root =
        new CommandLine(new PhonemosScim())
            .addSubcommand(new ServeCommand(terminal))
            .addSubcommand(new MigrateCommand(terminal))
            .addSubcommand(TenantCommands.of(terminal))
            .addSubcommand(TokenCommands.of(terminal))
            .addSubcommand(WebhookCommands.of(terminal))
            .addSubcommand(PushCommands.of(terminal))
            .addSubcommand(DriftCommands.of(terminal))
            .addSubcommand(GuardCommands.of(terminal))
            .addSubcommand(RecordingCommands.of(terminal))
            .addSubcommand(OAuthCommands.of(terminal))
            .addSubcommand(new RequestsCommand(terminal))
            .addSubcommand(new ExplainCommand(terminal));
    describe(root);
    return root.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err));
  }

  private static void describe(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).version(version());
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(ExitCode.list());
    command.getSubcommands().values().forEach(PhonemosScim::describe);
  }

  private static String version() {
    return "phonemos-scim "
        + Optional.ofNullable(PhonemosScim.class.getPackage().getImplementationVersion())
            .orElse("(development)");
  }

  private static String message(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof FlywayException
        ? "Expected to bring the database up to date, but: "
            + message.lines().findFirst().orElse("")
        : message;
  }

  private static int report(Exception failure, PrintWriter err) {
    ExitCode code =
        switch (failure) {
          case ConfigException mistakes -> ExitCode.CONFIGURATION;
          case CommandException refused -> refused.exitCode();
          case EmbeddedPostgresException impossible -> ExitCode.UNAVAILABLE;
          case FlywayException away -> ExitCode.UNAVAILABLE;
          default -> ExitCode.FAILED;
        };
    if (code == ExitCode.FAILED && !(failure instanceof EngineStartException)) {
      failure.printStackTrace(err);
    } else {
      err.println(message(failure));
    }
    err.flush();
    return code.status();
  }
}
