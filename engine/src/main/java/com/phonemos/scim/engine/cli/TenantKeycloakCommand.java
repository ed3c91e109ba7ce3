package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.TenantAdministration;
import com.phonemos.scim.engine.keycloak.TargetCheck;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant keycloak}. */
@Command(
    name = "keycloak",
    description = "Test whether a tenant's Keycloak can be pushed to; with options, set it first.",
    footer = {
      "",
      "The test changes nothing in Keycloak. Its exit status is 3 when something is wrong.",
      "",
      "Examples:",
      "  phonemos-scim tenant keycloak acme",
      "  SECRET=… phonemos-scim tenant keycloak acme \\",
      "      --keycloak-url https://id.example.com --keycloak-realm acme \\",
      "      --keycloak-client-id scim --keycloak-client-secret-env SECRET",
    })
final class TenantKeycloakCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @ArgGroup(exclusive = false)
  private @Nullable KeycloakOptions keycloak;

  @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
  private boolean json;

  TenantKeycloakCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      TenantAdministration tenants = session.administration().tenants();
      if (keycloak != null) {
        session.await(tenants.setTarget(slug, keycloak.target(terminal.environment())));
      }
      List<TargetCheck.Finding> findings = session.await(tenants.testTarget(slug));
      if (json) {
        terminal.json(AdminJson.steps(findings));
      } else {
        terminal.table(
            List.of("STEP", "RESULT"),
            findings.stream()
                .map(found -> List.of(found.step(), found.problem().orElse("ok")))
                .toList());
      }
      boolean well = findings.stream().allMatch(found -> found.problem().isEmpty());
      return (well ? ExitCode.DONE : ExitCode.REFUSED).status();
    }
  }
}
