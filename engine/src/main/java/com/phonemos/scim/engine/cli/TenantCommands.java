package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.EngineConfig;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant …}. */
@Command(
    name = "tenant",
    description = "Companies whose identity provider writes here.",
    synopsisSubcommandLabel = "COMMAND")
final class TenantCommands {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private TenantCommands() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TenantCommands())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new TenantPolicyCommand(terminal))
        .addSubcommand(new TenantSchemaCommand(terminal))
        .addSubcommand(new TenantAnonymiseCommand(terminal));
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

    @ArgGroup(exclusive = false)
    private @Nullable KeycloakOptions keycloak;

    private Create(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      if (!SLUG.matcher(slug).matches()) {
        throw new CommandException(
            ExitCode.USAGE,
            "Expected a slug of lower-case letters, digits and hyphens, but it is " + slug);
      }
      Optional<KeycloakTarget> target =
          Optional.ofNullable(keycloak).map(options -> options.target(terminal.environment()));
      EngineConfig config = terminal.config();
      try (Session session = Session.open(config)) {
        TenantId id =
            session
                .await(session.tenants().create(slug, target))
                .orElseThrow(() ->
                    new CommandException(
                        ExitCode.REFUSED,
                        "Expected a new slug, but there is a tenant " + slug + " already"));
        terminal.err().println("Created tenant " + slug + ".");
        terminal
            .err()
            .println(
                target
                    .map(to -> "Its people go to " + to.url() + "/realms/" + to.realm() + ".")
                    .orElse("It has no Keycloak: changes are kept due."));
        terminal.err().println("Next: phonemos-scim token issue " + slug);
        terminal.out().println(id);
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

    private ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        terminal.table(
            List.of("SLUG", "ID", "STATE", "USERS", "GROUPS", "KEYCLOAK"),
            session.await(session.tenants().all()).stream().map(ListAll::row).toList());
      }
      return ExitCode.DONE.status();
    }

    private static List<String> row(Tenants.Tenant tenant) {
      return List.of(
          tenant.slug(),
          tenant.id().toString(),
          tenant.active() ? "active" : "disabled",
          Long.toString(tenant.users()),
          Long.toString(tenant.groups()),
          tenant.keycloak().orElse("none"));
    }
  }
}
