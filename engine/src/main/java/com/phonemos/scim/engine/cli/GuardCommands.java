package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.PushAdministration;
import com.phonemos.scim.engine.store.AccessGuard;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim guard …}. */
@Command(
    name = "guard",
    description =
        "Losses of access that wait for an operator, because there were too many at once.",
    synopsisSubcommandLabel = "COMMAND")
final class GuardCommands {
  private GuardCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new GuardCommands())
        .addSubcommand(new ListHeld(terminal))
        .addSubcommand(new Release(terminal))
        .addSubcommand(new Reject(terminal));
  }

  @Command(
      name = "list",
      description = "List whose access is kept in Keycloak until an operator decides.",
      footer = {"", "Example:", "  phonemos-scim guard list acme"})
  private static final class ListHeld implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Rows, at most (default: ${DEFAULT-VALUE}).")
    private int limit = 1_000;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private ListHeld(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        List<AccessGuard.Held> held =
            session.await(session.administration().push().held(slug, limit));
        Instant now = Instant.now();
        if (json) {
          terminal.json(AdminJson.list(held, AdminJson::held));
        } else {
          terminal.table(
              List.of("USER", "NAME", "CHANGE", "HELD"),
              held.stream().map(one -> row(one, now)).toList());
        }
        if (held.isEmpty()) {
          terminal.err().println("Nothing is held.");
        } else {
          terminal.err().println("Next: phonemos-scim guard release " + slug + ", or guard reject");
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(AccessGuard.Held held, Instant now) {
      return List.of(
          held.user().toString(),
          held.userName().orElse("-"),
          held.deleted() ? "deleted" : "deactivated",
          Duration.between(held.since(), now).toMinutes() + " min");
    }
  }

  /** What an operator decides about what is held. */
  private abstract static class Decision implements Callable<Integer> {
    private final Terminal terminal;
    private final String done;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(names = "--user", paramLabel = "ID", description = "This user only.")
    private @Nullable UUID user;

    private Decision(Terminal terminal, String done) {
      this.terminal = terminal;
      this.done = done;
    }

    abstract Future<Integer> decide(PushAdministration push, String slug, Optional<UUID> who);

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        int users =
            session.await(decide(session.administration().push(), slug, Optional.ofNullable(user)));
        terminal.err().println(done + ": " + users + ".");
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "release",
      description = "Let them lose access in Keycloak.",
      footer = {
        "",
        "Examples:",
        "  phonemos-scim guard release acme",
        "  phonemos-scim guard release acme --user 2819c223-7f76-453a-919d-413861904646"
      })
  private static final class Release extends Decision {
    private Release(Terminal terminal) {
      super(terminal, "Released");
    }

    @Override
    Future<Integer> decide(PushAdministration push, String slug, Optional<UUID> who) {
      return push.releaseHeld(slug, who);
    }
  }

  @Command(
      name = "reject",
      description =
          "Keep their access in Keycloak until their identity provider changes them again.",
      footer = {
        "",
        "Who was deleted is forgotten here, and their account left alone from now on.",
        "",
        "Example:",
        "  phonemos-scim guard reject acme"
      })
  private static final class Reject extends Decision {
    private Reject(Terminal terminal) {
      super(terminal, "Rejected");
    }

    @Override
    Future<Integer> decide(PushAdministration push, String slug, Optional<UUID> who) {
      return push.rejectHeld(slug, who);
    }
  }
}
