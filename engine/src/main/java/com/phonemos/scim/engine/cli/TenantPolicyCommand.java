package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant policy}. */
@Command(
    name = "policy",
    description = "Show or set what a tenant has decided.",
    footer = {
      "",
      "Engines follow within a second.",
      "",
      "dialect=entra is for Entra ID with ?aadOptscim062020, which adds members by 'replace'.",
      "dialect=strict refuses what only some identity provider writes.",
      "",
      "Examples:",
      "  phonemos-scim tenant policy acme",
      "  phonemos-scim tenant policy acme dialect=strict recreate=reactivate",
    })
final class TenantPolicyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "What to set; without any, everything is shown.")
  private List<String> settings = List.of();

  TenantPolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    TenantPolicy decisions = decisions();
    try (Session session = Session.open(terminal.config())) {
      TenantId tenant = session.tenant(slug);
      if (settings.isEmpty()) {
        show(session.await(session.settings().policy(tenant)));
      } else {
        session.await(session.settings().decide(tenant, decisions));
        terminal.err().println("Set for " + slug + ": " + String.join(", ", settings) + ".");
      }
    }
    return ExitCode.DONE.status();
  }

  private TenantPolicy decisions() {
    try {
      return TenantPolicy.of(settings);
    } catch (TenantPolicy.IllegalPolicyException mistakes) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(mistakes.getMessage()));
    }
  }

  private void show(TenantPolicy policy) {
    terminal.table(
        List.of("KEY", "VALUE", "SET", "CHOICES", "MEANING"),
        Stream.of(TenantPolicy.Key.values())
            .map(key ->
                List.of(
                    key.word(),
                    policy.chosen(key),
                    policy.decides(key) ? "yes" : "default",
                    String.join("|", key.choices()),
                    key.meaning()))
            .toList());
  }
}
