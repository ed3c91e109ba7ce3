package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.store.SealedSecrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code phonemos-scim tenant reseal}. */
@Command(
    name = "reseal",
    description = "Seal all secrets in the database with the newest key.",
    footer = {
      "",
      "The first key of PHONEMOS_SCIM_SECRET_KEY seals, all of them open. To replace a key while",
      "engines are running:",
      "  1. restart them with OLD,NEW   so that all can open what the new key seals",
      "  2. restart them with NEW,OLD   so that it is the new key that seals",
      "  3. phonemos-scim tenant reseal, with NEW,OLD",
      "  4. restart them with NEW",
    })
final class TenantResealCommand implements Callable<Integer> {
  private final Terminal terminal;

  TenantResealCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      SealedSecrets.Resealed done = session.await(session.sealed().reseal());
      terminal
          .err()
          .printf(
              "Sealed with the newest key: %d now, %d before.%n",
              done.resealed(), done.untouched());
      if (!done.broken().isEmpty()) {
        throw new CommandException(
            ExitCode.REFUSED,
            "Expected a key for every secret, but none opens those of "
                + String.join(", ", done.broken()));
      }
    }
    return ExitCode.DONE.status();
  }
}
