package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.egress.ForbiddenTargetException;
import com.phonemos.scim.engine.store.Webhooks;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim webhook …}. */
@Command(
    name = "webhook",
    description = "Who is told of a tenant's changes, signed as Standard Webhooks has it.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookCommands {
  private WebhookCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new WebhookCommands())
        .addSubcommand(new Add(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new Replay(terminal))
        .addSubcommand(new Remove(terminal));
  }

  @Command(
      name = "add",
      description = "Tell a URL of the tenant's changes. Prints the signing secret, this once.",
      footer = {
        "",
        "Examples:",
        "  phonemos-scim webhook add acme https://phonemos.example.com/hooks/scim",
        "  phonemos-scim webhook add acme https://phonemos.example.com/hooks/scim --after 0",
      })
  private static final class Add implements Callable<Integer> {
    private static final int SECRET_BYTES = 32;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Is sent a POST per message.")
    private String url = "";

    @Option(
        names = "--after",
        paramLabel = "N",
        description = "The first change it hears of comes after this revision (default: the last).")
    private @Nullable Long after;

    private Add(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      EngineConfig config = terminal.config();
      try {
        config.egress().url(url);
      } catch (ForbiddenTargetException forbidden) {
        throw new CommandException(ExitCode.USAGE, String.valueOf(forbidden.getMessage()));
      }
      byte[] secret = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(secret);
      try (Session session = Session.open(config)) {
        UUID id =
            session.await(
                session
                    .webhooks()
                    .add(session.tenant(slug), url, secret, Optional.ofNullable(after)));
        terminal.err().println("Webhook " + id + ". Its secret is shown this once:");
        terminal.out().println("whsec_" + Base64.getEncoder().encodeToString(secret));
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "list",
      description = "List a tenant's webhooks, and what they have not taken yet.",
      footer = {"", "Example:", "  phonemos-scim webhook list acme"})
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
        terminal.table(
            List.of("ID", "URL", "STATE", "AFTER", "BEHIND", "FAILURES", "REASON"),
            session.await(session.webhooks().list(session.tenant(slug))).stream()
                .map(ListAll::row)
                .toList());
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Webhooks.Webhook webhook) {
      return List.of(
          webhook.id().toString(),
          webhook.url(),
          webhook.givenUp() ? "given up" : webhook.failures() > 0 ? "failing" : "active",
          Long.toString(webhook.after()),
          Long.toString(webhook.latest() - webhook.after()),
          Integer.toString(webhook.failures()),
          webhook.reason().orElse(""));
    }
  }

  @Command(
      name = "replay",
      description = "Tell a webhook again, now; also one that was given up.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim webhook replay acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10 --after 1200",
      })
  private static final class Replay implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As webhook list shows it.")
    private UUID id = new UUID(0, 0);

    @Option(
        names = "--after",
        paramLabel = "N",
        description = "From this revision on (default: where it was).")
    private @Nullable Long after;

    private Replay(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        boolean known =
            session.await(
                session.webhooks().replay(session.tenant(slug), id, Optional.ofNullable(after)));
        if (!known) {
          throw unknown(slug, id);
        }
        terminal.err().println("It is told again; see phonemos-scim webhook list " + slug);
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "remove",
      description = "Tell a webhook nothing more.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim webhook remove acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10",
      })
  private static final class Remove implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As webhook list shows it.")
    private UUID id = new UUID(0, 0);

    private Remove(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        if (!session.await(session.webhooks().remove(session.tenant(slug), id))) {
          throw unknown(slug, id);
        }
        terminal.err().println("Removed.");
      }
      return ExitCode.DONE.status();
    }
  }

  private static CommandException unknown(String slug, UUID id) {
    return new CommandException(
        ExitCode.REFUSED, "Expected a webhook, but " + id + " is none of " + slug);
  }
}
