package com.phonemos.scim.engine.cli;

import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What an operator decides about users whose name or address somebody has in Keycloak already. */
final class PushConflictCommands {
  private PushConflictCommands() {}

  /** {@code phonemos-scim push link}. */
  @Command(
      name = "link",
      description = "Give a user an account that exists in Keycloak already.",
      footer = {
        "",
        "The account takes on the user's name and address; an administrator's account never does.",
        "",
        "Example:",
        "  phonemos-scim push link acme 2819c223-7f76-453a-919d-413861904646 \\",
        "      d6c8a8a4-4b0e-4d36-b3a6-0b9c7f5c3c1e",
      })
  static final class Link implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "SCIM id of the user.")
    private UUID user = new UUID(0, 0);

    @Parameters(index = "2", paramLabel = "ACCOUNT", description = "Keycloak's id of the account.")
    private UUID account = new UUID(0, 0);

    Link(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().push().link(slug, user, account));
        terminal.err().println("Linked; the account follows: see phonemos-scim push list " + slug);
      }
      return ExitCode.DONE.status();
    }
  }

  /** {@code phonemos-scim push reject}. */
  @Command(
      name = "reject",
      description = "Leave a user out of Keycloak until the identity provider changes it again.",
      footer = {
        "",
        "Example:",
        "  phonemos-scim push reject acme 2819c223-7f76-453a-919d-413861904646",
      })
  static final class Reject implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "ID", description = "SCIM id of the user.")
    private UUID user = new UUID(0, 0);

    Reject(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        int memberships = session.await(session.administration().push().reject(slug, user));
        terminal.err().println("Left out, with " + memberships + " memberships.");
      }
      return ExitCode.DONE.status();
    }
  }
}
