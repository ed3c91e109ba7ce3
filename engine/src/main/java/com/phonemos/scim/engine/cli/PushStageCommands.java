package com.phonemos.scim.engine.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeping a tenant from Keycloak, and letting it go. */
final class PushStageCommands {
  private PushStageCommands() {}

  /** {@code phonemos-scim push hold}. */
  @Command(
      name = "hold",
      description = "Stage a tenant: SCIM is served, and nothing more of it reaches Keycloak.",
      footer = {
        "",
        "What is on its way already may take some seconds to end.",
        "",
        "Example:",
        "  phonemos-scim push hold acme",
      })
  static final class Hold implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    Hold(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().tenants().hold(slug));
        terminal.err().println("Staged: changes of " + slug + " are kept due.");
        terminal.err().println("Next: phonemos-scim push plan " + slug);
      }
      return ExitCode.DONE.status();
    }
  }

  /** {@code phonemos-scim push release}. */
  @Command(
      name = "release",
      description = "Let a staged tenant's changes go to Keycloak.",
      footer = {"", "Example:", "  phonemos-scim push release acme"})
  static final class Release implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    Release(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().tenants().release(slug));
        terminal.err().println("Released: Keycloak follows " + slug + " from now on.");
        terminal.err().println("Next: phonemos-scim push list " + slug);
      }
      return ExitCode.DONE.status();
    }
  }
}
