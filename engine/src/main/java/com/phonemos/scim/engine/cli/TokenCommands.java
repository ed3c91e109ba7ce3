package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Tokens;
import java.io.PrintWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
        .addSubcommand(new Revoke(terminal));
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  @Command(
      name = "issue",
      description = "Issue a token. Prints it, this once.",
      footer = {
        "",
        "Examples:",
        "  phonemos-scim token issue acme --label Entra",
        "  TOKEN=$(phonemos-scim token issue acme --expires-days 0)",
      })
  private static final class Issue implements Callable<Integer> {
    private static final int LONGEST_DAYS = 3_650;

    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--label",
        paramLabel = "TEXT",
        description = "What it is for, as token list shows it.")
    private String label = "";

    @Option(
        names = "--expires-days",
        paramLabel = "N",
        description = "Days until it expires, 0 for never (default: ${DEFAULT-VALUE}).")
    private int expiresDays = 365;

    private Issue(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      if (expiresDays < 0 || expiresDays > LONGEST_DAYS) {
        throw new CommandException(
            ExitCode.USAGE,
            "Expected --expires-days from 0 to " + LONGEST_DAYS + ", but it is " + expiresDays);
      }
      Optional<Instant> expires =
          expiresDays == 0
              ? Optional.empty()
              : Optional.of(Instant.now().plus(expiresDays, ChronoUnit.DAYS));
      EngineConfig config = terminal.config();
      try (Session session = Session.open(config)) {
        TenantId tenant = session.tenant(slug);
        String token = BearerToken.mint(tenant, new SecureRandom());
        UUID id =
            session.await(session.tokens().issue(tenant, BearerToken.hash(token), label, expires));
        explain(config, id, expires);
        terminal.out().println(token);
      }
      return ExitCode.DONE.status();
    }

    private void explain(EngineConfig config, UUID id, Optional<Instant> expires) {
      PrintWriter err = terminal.err();
      String base =
          config.baseUrl().map(URI::toString).orElse("http://localhost:" + config.httpPort());
      err.printf(
          "Token %s of tenant %s, %s. It is shown this once and stored nowhere.%n%n",
          id,
          slug,
          expires
              .map(end -> "valid until " + day(end))
              .orElse("valid until it is revoked: consider --expires-days"));
      err.println("Paste into the identity provider:");
      err.println("  Entra ID  Tenant URL:              " + base + "/_api/scim/v2");
      err.println("            Secret token:            the token");
      err.println("  Okta      SCIM base URL:           " + base + "/scim/v2");
      err.println("            Unique identifier field: userName");
      err.println("            Authentication mode:     HTTP header, the token");
      if (config.baseUrl().isEmpty()) {
        err.println("PHONEMOS_SCIM_BASE_URL would put your public address there.");
      }
      err.println();
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

    private ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        Instant now = Instant.now();
        terminal.table(
            List.of("ID", "STATE", "CREATED", "EXPIRES", "LAST USED", "LABEL"),
            session.await(session.tokens().list(session.tenant(slug))).stream()
                .map(token -> row(token, now))
                .toList());
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Tokens.Token token, Instant now) {
      boolean expired = token.expires().filter(end -> !now.isBefore(end)).isPresent();
      return List.of(
          token.id().toString(),
          token.revoked().isPresent() ? "revoked" : expired ? "expired" : "active",
          day(token.created()),
          token.expires().map(TokenCommands::day).orElse("never"),
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
        if (!session.await(session.tokens().revoke(session.tenant(slug), id))) {
          throw new CommandException(
              ExitCode.REFUSED, "Expected an active token, but " + id + " is none of " + slug);
        }
        terminal.err().println("Revoked.");
      }
      return ExitCode.DONE.status();
    }
  }
}
