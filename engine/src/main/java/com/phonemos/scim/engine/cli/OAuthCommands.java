package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.OAuthAdministration.Issued;
import com.phonemos.scim.engine.admin.OAuthJson;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.OAuthClients.Federation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim oauth …}. */
@Command(
    name = "oauth",
    description = {
      "OAuth clients: identity providers that get their access tokens at /_api/scim/oauth2/token",
      "by client credentials, instead of one that is typed in."
    },
    synopsisSubcommandLabel = "COMMAND")
final class OAuthCommands {
  static final int YEAR = 365;

  private OAuthCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new OAuthCommands())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new Federate(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new OAuthSecretCommands.Add(terminal))
        .addSubcommand(new OAuthSecretCommands.Remove(terminal))
        .addSubcommand(new Delete(terminal));
  }

  private static String tokenEndpoint(EngineConfig config) {
    return config.publicUrl() + "/_api/scim/oauth2/token";
  }

  /** The secret to standard output, and what is to be known of it to people. */
  static void print(Terminal terminal, boolean json, String slug, Issued issued) {
    terminal
        .err()
        .printf(
            "Secret %s of client %s, %s. It is shown this once and stored nowhere.%n",
            issued.id(),
            issued.client(),
            issued
                .expires()
                .map(end -> "valid until " + Terminal.day(end))
                .orElse("valid until it is removed"));
    terminal.err().println("Enter in the identity provider of " + slug + ":");
    terminal.err().println("  Token endpoint     " + tokenEndpoint(terminal.config()));
    terminal.err().println("  Client identifier  " + issued.client());
    terminal.err().println("  Client secret      the secret");
    if (json) {
      terminal.json(OAuthJson.issued(issued));
    } else {
      terminal.out().println(issued.secret());
    }
  }

  @Command(
      name = "create",
      description = "Create a client with a secret. Prints the secret, this once.",
      footer = {"", "Example:", "  SECRET=$(phonemos-scim oauth create acme --label Entra)"})
  private static final class Create implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--label",
        paramLabel = "TEXT",
        description = "What it is for, as oauth list shows it.")
    private String label = "";

    @Option(
        names = "--expires-days",
        paramLabel = "N",
        description = "Days until the secret expires, 0 for never (default: ${DEFAULT-VALUE}).")
    private int expiresDays = YEAR;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private Create(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        Issued issued =
            session.await(session.administration().oauth().create(slug, label, expiresDays));
        print(terminal, json, slug, issued);
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "federate",
      description = {
        "Create a client that shows assertions of its issuer instead of a secret (RFC 7523), such"
            + " as",
        "Entra ID's workload identity federation. Prints the client's id."
      },
      footer = {
        "",
        "Example:",
        "  phonemos-scim oauth federate acme --label Entra \\",
        "    --issuer https://login.microsoftonline.com/<tenant id>/v2.0 \\",
        "    --subject <object id of the application> --audience api://phonemos-scim",
      })
  private static final class Federate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    private String label = "";

    @Option(
        names = "--issuer",
        required = true,
        paramLabel = "URL",
        description = "iss of its assertions; its keys are discovered there.")
    private String issuer = "";

    @Option(
        names = "--subject",
        required = true,
        paramLabel = "TEXT",
        description = "sub of its assertions.")
    private String subject = "";

    @Option(
        names = "--audience",
        required = true,
        paramLabel = "TEXT",
        description = "One of aud of its assertions.")
    private String audience = "";

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private Federate(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        UUID client =
            session.await(
                session
                    .administration()
                    .oauth()
                    .federate(slug, label, new Federation(issuer, subject, audience)));
        terminal.err().println("Token endpoint  " + tokenEndpoint(terminal.config()));
        if (json) {
          terminal.json(OAuthJson.federated(client));
        } else {
          terminal.out().println(client);
        }
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "list",
      description = "List a tenant's clients with their secrets' ids, oldest first.",
      footer = {"", "Example:", "  phonemos-scim oauth list acme"})
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
        List<OAuthClients.Client> all = session.await(session.administration().oauth().list(slug));
        if (json) {
          terminal.json(AdminJson.list(all, OAuthJson::client));
        } else {
          terminal.table(
              List.of("CLIENT", "LABEL", "SECRET", "EXPIRES", "LAST USED"),
              all.stream().flatMap(client -> rows(client).stream()).toList());
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<List<String>> rows(OAuthClients.Client client) {
      String id = client.id().toString();
      if (client.secrets().isEmpty()) {
        String issuer = client.federation().map(Federation::issuer).orElse("none");
        return List.of(List.of(id, client.label(), issuer, "", ""));
      }
      return client.secrets().stream()
          .map(secret ->
              List.of(
                  id,
                  client.label(),
                  secret.id().toString(),
                  time(secret.expires(), "never"),
                  time(secret.lastUsed(), "")))
          .toList();
    }

    private static String time(Optional<Instant> time, String otherwise) {
      return time.map(Terminal::day).orElse(otherwise);
    }
  }

  @Command(
      name = "delete",
      description = "Delete a client. Within a second nobody gets in with it.",
      footer = {"", "Example:", "  phonemos-scim oauth delete acme <client>"})
  private static final class Delete implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "CLIENT", description = "As oauth list shows it.")
    private UUID client = new UUID(0, 0);

    private Delete(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().oauth().delete(slug, client));
        terminal.err().println("Deleted.");
      }
      return ExitCode.DONE.status();
    }
  }
}
