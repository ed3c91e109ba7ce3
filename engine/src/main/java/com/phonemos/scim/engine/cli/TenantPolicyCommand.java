package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.TenantAdministration;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
  private boolean json;

  TenantPolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      TenantAdministration tenants = session.administration().tenants();
      TenantPolicy policy =
          session.await(settings.isEmpty() ? tenants.policy(slug) : tenants.decide(slug, settings));
      if (json) {
        terminal.json(AdminJson.policy(policy));
      } else if (settings.isEmpty()) {
        show(policy);
      } else {
        terminal.err().println("Set for " + slug + ": " + String.join(", ", settings) + ".");
      }
    }
    return ExitCode.DONE.status();
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
