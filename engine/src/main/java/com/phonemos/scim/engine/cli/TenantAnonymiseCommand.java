package com.phonemos.scim.engine.cli;

import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant anonymise}. */
@Command(
    name = "anonymise",
    description = "Erase everything personal of one user, here and in Keycloak.",
    footer = {
      "",
      "The user is deleted here, the journal keeps no value of it, and its account is disabled",
      "under a neutral name. Unassign the user in the identity provider first, or it comes back.",
      "",
      "Example:",
      "  phonemos-scim tenant anonymise acme 2819c223-7f76-453a-919d-413861904646",
    })
final class TenantAnonymiseCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Parameters(index = "1", paramLabel = "ID", description = "SCIM id of the user, deleted or not.")
  private UUID user = new UUID(0, 0);

  TenantAnonymiseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      session.await(session.administration().tenants().anonymise(slug, user));
      terminal.err().println("Erased here; Keycloak follows: see phonemos-scim push list " + slug);
    }
    return ExitCode.DONE.status();
  }
}
