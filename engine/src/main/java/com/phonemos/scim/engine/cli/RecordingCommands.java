package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.RecordingAdministration;
import com.phonemos.scim.engine.store.Recordings;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim recording …}. */
@Command(
    name = "recording",
    description = "What identity providers really sent; see phonemos-scim tenant record.",
    synopsisSubcommandLabel = "COMMAND")
final class RecordingCommands {
  private RecordingCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new RecordingCommands())
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new Fetch(terminal))
        .addSubcommand(new Stop(terminal))
        .addSubcommand(new Delete(terminal));
  }

  @Command(
      name = "list",
      description = "List a tenant's recordings, newest first.",
      footer = {"", "Example:", "  phonemos-scim recording list acme"})
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
        List<Recordings.Recording> all =
            session.await(session.administration().recordings().list(slug));
        if (json) {
          terminal.json(AdminJson.list(all, AdminJson::recording));
        } else {
          terminal.table(
              List.of("ID", "STATE", "STARTED", "ENDS", "EXCHANGES", "LOST", "KIB"),
              all.stream().map(ListAll::row).toList());
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Recordings.Recording recording) {
      return List.of(
          recording.id().toString(),
          recording.on() ? "on" : recording.full() ? "full" : "ended",
          recording.started().truncatedTo(ChronoUnit.SECONDS).toString(),
          recording.ends().truncatedTo(ChronoUnit.SECONDS).toString(),
          Long.toString(recording.exchanges()),
          Long.toString(recording.lost()),
          Long.toString(recording.bytes() >> 10));
    }
  }

  @Command(
      name = "fetch",
      description = "Write what a recording holds by now as an HTTP Archive (HAR 1.2).",
      footer = {
        "",
        "Without tokens and passwords; people's data is in it.",
        "",
        "Examples:",
        "  phonemos-scim recording fetch acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10 --to acme.har",
        "  scim-conformance replay acme.har --endpoint … --token …",
      })
  private static final class Fetch implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As recording list shows it.")
    private UUID id = new UUID(0, 0);

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "A new file; it holds personal data.")
    private Path file = Path.of("");

    private Fetch(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        RecordingAdministration recordings = session.administration().recordings();
        Recordings.Recording found = session.await(recordings.find(slug, id));
        OpenOptions asNew =
            new OpenOptions().setWrite(true).setCreateNew(true).setPerms("rw-------");
        session.awaitFile(
            session
                .vertx()
                .fileSystem()
                .open(file.toAbsolutePath().toString(), asNew)
                .compose(to -> recordings.write(slug, id, to).eventually(to::close)));
        terminal.err().println(found.exchanges() + " exchanges or more, written to " + file + ".");
        if (found.lost() > 0) {
          terminal.err().println("It lacks " + found.lost() + " that could not be kept.");
        }
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "stop",
      description = "End a recording before its time. What it holds stays.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim recording stop acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10",
      })
  private static final class Stop implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As recording list shows it.")
    private UUID id = new UUID(0, 0);

    private Stop(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().recordings().stop(slug, id));
        terminal.err().println("Ended. Next: phonemos-scim recording fetch " + slug + " " + id);
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "delete",
      description = "Delete a recording with what it holds.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim recording delete acme 7d8f0c52-57a2-4a5c-9f0e-2f5f3b3f7f10",
      })
  private static final class Delete implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As recording list shows it.")
    private UUID id = new UUID(0, 0);

    private Delete(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().recordings().delete(slug, id));
        terminal.err().println("Deleted.");
      }
      return ExitCode.DONE.status();
    }
  }
}
