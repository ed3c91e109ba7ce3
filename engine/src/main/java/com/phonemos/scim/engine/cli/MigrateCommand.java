package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings the database up to date, as every start does. */
@Command(
    name = "migrate",
    description = "Bring the database up to date without serving, say before a rolling upgrade.",
    footer = {"", "Example:", "  PHONEMOS_SCIM_DATABASE_URL=postgresql://… phonemos-scim migrate"})
final class MigrateCommand implements Callable<Integer> {
  private final Terminal terminal;

  MigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    EngineConfig config = terminal.config();
    Session.open(config).close();
    terminal.err().println("The database is up to date.");
    return ExitCode.DONE.status();
  }
}
