package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.TokenAdministration.Issued;
import com.phonemos.scim.engine.store.TokenScope;
import com.phonemos.scim.engine.store.Tokens;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim token …}. */
@Command(
    name = "token",
    description = "Bearer tokens of identity providers. Two may be active, for a rotation.",
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommands {
  private TokenCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TokenCommands())
        .addSubcommand(new Issue(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new Rotate(terminal))
        .addSubcommand(new Revoke(terminal));
  }

  @Command(
      name = "issue",
      description = "Issue a token. Prints it, this once.",
      footer = {
        "",
        "Examples:",
        "  phonemos-scim token issue acme --label Entra",
        "  TOKEN=$(phonemos-scim token issue acme --expires-days 0)",
        "  phonemos-scim token issue acme --changes --label Phonemos",
      })
  private static final class Issue implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--label",
        paramLabel = "TEXT",
        description = "What it is for, as token list shows it.")
    private String label = "";

    @Option(
        names = "--changes",
        description = "For the change feed, not for SCIM: Phonemos follows the tenant with it.")
    private boolean changes;

    @Option(
        names = "--expires-days",
        paramLabel = "N",
        description = "Days until it expires, 0 for never (default: ${DEFAULT-VALUE}).")
    private int expiresDays = 365;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private Issue(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      EngineConfig config = terminal.config();
      try (Session session = Session.open(config)) {
        Issued issued =
            session.await(
                session
                    .administration()
                    .tokens()
                    .issue(
                        slug, changes ? TokenScope.CHANGES : TokenScope.SCIM, label, expiresDays));
        print(terminal, json, slug, issued);
        if (!json) {
          explain(config);
        }
      }
      return ExitCode.DONE.status();
    }

    private void explain(EngineConfig config) {
      PrintWriter err = terminal.err();
      String base = config.publicUrl();
      if (changes) {
        err.println("Follow the tenant with it:");
        err.println("  curl -H \"Authorization: Bearer $TOKEN\" \\");
        err.println("    '" + base + "/_api/directory/v1/changes?after=0&wait=30'");
      } else {
        err.println("Paste into the identity provider:");
        err.println("  Entra ID  Tenant URL:              " + base + "/_api/scim/v2");
        err.println("            Secret token:            the token");
        err.println("  Okta      SCIM base URL:           " + base + "/scim/v2");
        err.println("            Unique identifier field: userName");
        err.println("            Authentication mode:     HTTP header, the token");
      }
      if (config.baseUrl().isEmpty()) {
        err.println("PHONEMOS_SCIM_BASE_URL would put your public address there.");
      }
      err.println();
    }
  }

  /** The token to standard output, and what is to be known of it to people. */
  private static void print(Terminal terminal, boolean json, String slug, Issued issued) {
    terminal
        .err()
        .printf(
            "Token %s of tenant %s, %s. It is shown this once and stored nowhere.%n%n",
            issued.id(),
            slug,
            issued
                .expires()
                .map(end -> "valid until " + Terminal.day(end))
                .orElse("valid until it is revoked: consider --expires-days"));
    if (json) {
      terminal.json(AdminJson.issued(issued));
    } else {
      terminal.out().println(issued.secret());
    }
  }

  @Command(
      name = "rotate",
      description = "Issue a token's successor. Prints it, this once.",
      footer = {
        "",
        "Both tokens are valid until the overlap is over, so that no request is lost while the",
        "identity provider is told. token list shows when the successor was used first.",
        "",
        "Example:",
        "  phonemos-scim token rotate acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10 --overlap-hours 24",
      })
  private static final class Rotate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As token list shows it.")
    private UUID id = new UUID(0, 0);

    @Option(
        names = "--overlap-hours",
        paramLabel = "N",
        description = "How long the old token stays valid (default: ${DEFAULT-VALUE}, a week).")
    private int overlapHours = 168;

    @Option(
        names = "--expires-days",
        paramLabel = "N",
        description = "Days until the new one expires, 0 for never (default: ${DEFAULT-VALUE}).")
    private int expiresDays = 365;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private Rotate(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        print(
            terminal,
            json,
            slug,
            session.await(
                session.administration().tokens().rotate(slug, id, overlapHours, expiresDays)));
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "list",
      description = "List a tenant's tokens, without their secrets.",
      footer = {"", "Example:", "  phonemos-scim token list acme"})
  private static final class ListAll implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        Instant now = Instant.now();
        List<Tokens.Token> tokens = session.await(session.administration().tokens().list(slug));
        if (json) {
          terminal.json(AdminJson.list(tokens, token -> AdminJson.token(token, now)));
        } else {
          terminal.table(
              List.of("ID", "FOR", "STATE", "CREATED", "EXPIRES", "LAST USED", "LABEL"),
              tokens.stream().map(token -> row(token, now)).toList());
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Tokens.Token token, Instant now) {
      return List.of(
          token.id().toString(),
          token.scope() == TokenScope.CHANGES ? "changes" : "SCIM",
          token.state(now),
          Terminal.day(token.created()),
          token.expires().map(Terminal::day).orElse("never"),
          token.lastUsed().map(Instant::toString).orElse("never"),
          token.label());
    }
  }

  @Command(
      name = "revoke",
      description = "Revoke a token: within a second nobody gets in with it.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim token revoke acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10",
      })
  private static final class Revoke implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As token list shows it.")
    private UUID id = new UUID(0, 0);

    private Revoke(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().tokens().revoke(slug, id));
        terminal.err().println("Revoked.");
      }
      return ExitCode.DONE.status();
    }
  }
}
