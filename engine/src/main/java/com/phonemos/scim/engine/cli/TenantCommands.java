package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant …}. */
@Command(
    name = "tenant",
    description = "Companies whose identity provider writes here.",
    synopsisSubcommandLabel = "COMMAND")
final class TenantCommands {
  private TenantCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TenantCommands())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new TenantKeycloakCommand(terminal))
        .addSubcommand(new TenantLifecycleCommands.Disable(terminal))
        .addSubcommand(new TenantLifecycleCommands.Enable(terminal))
        .addSubcommand(new TenantLifecycleCommands.Export(terminal))
        .addSubcommand(new TenantLifecycleCommands.Delete(terminal))
        .addSubcommand(new TenantPolicyCommand(terminal))
        .addSubcommand(new TenantSchemaCommand(terminal))
        .addSubcommand(new TenantRecordCommand(terminal))
        .addSubcommand(new TenantAnonymiseCommand(terminal))
        .addSubcommand(new TenantResealCommand(terminal));
  }

  @Command(
      name = "create",
      description = "Create a tenant. Prints its id.",
      footer = {
        "",
        "Without Keycloak options, changes are kept due.",
        "",
        "Examples:",
        "  phonemos-scim tenant create acme",
        "  phonemos-scim tenant create acme --staged",
        "  SECRET=… phonemos-scim tenant create acme \\",
        "      --keycloak-url https://id.example.com --keycloak-realm acme \\",
        "      --keycloak-client-id scim --keycloak-client-secret-env SECRET",
      })
  private static final class Create implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
        paramLabel = "SLUG",
        description = "Its name in commands: lower-case letters, digits and hyphens, at most 63.")
    private String slug = "";

    @Option(
        names = "--staged",
        description = "Keep its people from Keycloak until phonemos-scim push release SLUG.")
    private boolean staged;

    @ArgGroup(exclusive = false)
    private @Nullable KeycloakOptions keycloak;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private Create(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      Optional<KeycloakTarget> target =
          Optional.ofNullable(keycloak).map(options -> options.target(terminal.environment()));
      EngineConfig config = terminal.config();
      try (Session session = Session.open(config)) {
        Tenants.Tenant created =
            session.await(session.administration().tenants().create(slug, staged, target));
        terminal.err().println("Created tenant " + slug + ".");
        terminal
            .err()
            .println(
                target
                    .map(to -> "Its people go to " + to.url() + "/realms/" + to.realm() + ".")
                    .orElse("It has no Keycloak: changes are kept due."));
        if (staged) {
          terminal.err().println("It is staged: see phonemos-scim push plan and push release.");
        }
        terminal.err().println("Next: phonemos-scim token issue " + slug);
        if (json) {
          terminal.json(AdminJson.tenant(created));
        } else {
          terminal.out().println(created.id());
        }
      }
      return ExitCode.DONE.status();
    }
  }

  @Command(
      name = "list",
      description = "List the tenants.",
      footer = {"", "Example:", "  phonemos-scim tenant list"})
  private static final class ListAll implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
    private boolean json;

    private ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        List<Tenants.Tenant> all = session.await(session.administration().tenants().all());
        if (json) {
          terminal.json(AdminJson.list(all, AdminJson::tenant));
        } else {
          terminal.table(
              List.of("SLUG", "ID", "STATE", "USERS", "GROUPS", "KEYCLOAK"),
              all.stream().map(ListAll::row).toList());
        }
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Tenants.Tenant tenant) {
      return List.of(
          tenant.slug(),
          tenant.id().toString(),
          tenant.state().word(),
          Long.toString(tenant.users()),
          Long.toString(tenant.groups()),
          tenant.keycloak().orElse("none"));
    }
  }
}
