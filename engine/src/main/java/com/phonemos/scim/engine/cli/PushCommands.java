package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim push …}. */
@Command(
    name = "push",
    description = "What still has to reach Keycloak.",
    synopsisSubcommandLabel = "COMMAND")
final class PushCommands {
  private PushCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new PushCommands())
        .addSubcommand(new ListDue(terminal))
        .addSubcommand(new Retry(terminal))
        .addSubcommand(new PushPlanCommand(terminal))
        .addSubcommand(new PushStageCommands.Hold(terminal))
        .addSubcommand(new PushStageCommands.Release(terminal))
        .addSubcommand(new PushConflictCommands.Link(terminal))
        .addSubcommand(new PushConflictCommands.Reject(terminal));
  }

  @Command(
      name = "list",
      description = "List what is due and what was given up, with the reason.",
      footer = {"", "Example:", "  phonemos-scim push list acme"})
  private static final class ListDue implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Rows, at most (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private ListDue(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        Tenants.Tenant tenant = session.described(slug);
        List<DueList.Due> due = session.await(session.administration().push().due(slug, limit));
        Instant now = Instant.now();
        if (json) {
          terminal.json(AdminJson.list(due, AdminJson::due));
        } else {
          terminal.table(
              List.of("STATE", "KIND", "ID", "GROUP", "ATTEMPTS", "AGE", "REASON"),
              due.stream().map(row -> row(row, now)).toList());
        }
        if (due.isEmpty()) {
          terminal.err().println("Nothing is due: Keycloak has it all.");
        } else if (due.size() == limit) {
          terminal.err().println("There may be more: see --limit.");
        }
        if (tenant.state() == Tenants.State.STAGED) {
          terminal.err().println("It is staged: it waits for phonemos-scim push release " + slug);
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(DueList.Due due, Instant now) {
      return List.of(
          state(due, now),
          due.kind(),
          due.id().toString(),
          due.group().map(UUID::toString).orElse("-"),
          Integer.toString(due.attempts()),
          Duration.between(due.marked(), now).toSeconds() + " s",
          due.reason().orElse("-"));
    }

    private static String state(DueList.Due due, Instant now) {
      return due.due()
          .map(next ->
              next.isAfter(now)
                  ? "in " + (Duration.between(now, next).toSeconds() + 1) + " s"
                  : "due")
          .orElse("given up");
    }
  }

  @Command(
      name = "retry",
      description = "Try again now what failed or was given up, after the cause is gone.",
      footer = {"", "Example:", "  phonemos-scim push retry acme"})
  private static final class Retry implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    private Retry(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        int due = session.await(session.administration().push().retry(slug));
        terminal.err().println("Due again: " + due + ".");
      }
      return ExitCode.DONE.status();
    }
  }
}
