package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.OAuthAdministration.Issued;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim oauth add-secret} and {@code remove-secret}. */
final class OAuthSecretCommands {
  private OAuthSecretCommands() {}

  @Command(
      name = "add-secret",
      description = "Give a client one more secret. Prints it, this once.",
      footer = {
        "",
        "All are valid until they are removed, so that no request is lost meanwhile.",
        "",
        "Example:",
        "  phonemos-scim oauth add-secret acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10",
      })
  static final class Add implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "CLIENT", description = "As oauth list shows it.")
    private UUID client = new UUID(0, 0);

    @Option(
        names = "--expires-days",
        paramLabel = "N",
        description = "Days until it expires, 0 for never (default: ${DEFAULT-VALUE}).")
    private int expiresDays = OAuthCommands.YEAR;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    Add(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        Issued issued =
            session.await(session.administration().oauth().addSecret(slug, client, expiresDays));
        OAuthCommands.print(terminal, json, slug, issued);
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "remove-secret",
      description = "Take a secret away. Access tokens got with it end by themselves, in an hour.",
      footer = {"", "Example:", "  phonemos-scim oauth remove-secret acme <client> <secret>"})
  static final class Remove implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "CLIENT", description = "As oauth list shows it.")
    private UUID client = new UUID(0, 0);

    @Parameters(index = "2", paramLabel = "SECRET", description = "As oauth list shows it.")
    private UUID secret = new UUID(0, 0);

    Remove(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().oauth().removeSecret(slug, client, secret));
        terminal.err().println("Removed.");
      }
      return ExitCode.DONE.status();
    }
  }
}
