package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.TenantAdministration;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a tenant is stopped, served again, handed over and deleted. */
final class TenantLifecycleCommands {
  private TenantLifecycleCommands() {}

  /** {@code phonemos-scim tenant disable}. */
  @Command(
      name = "disable",
      description = "Refuse a tenant's tokens, within a second, and keep what is due.",
      footer = {"", "Example:", "  phonemos-scim tenant disable acme"})
  static final class Disable implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    Disable(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().tenants().disable(slug));
        terminal.err().println("Disabled. Again: phonemos-scim tenant enable " + slug);
      }
      return ExitCode.DONE.status();
    }
  }

  /** {@code phonemos-scim tenant enable}. */
  @Command(
      name = "enable",
      description = "Serve a disabled tenant again. It is staged: Keycloak does not follow yet.",
      footer = {"", "Example:", "  phonemos-scim tenant enable acme"})
  static final class Enable implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    Enable(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        session.await(session.administration().tenants().enable(slug));
        terminal.err().println("Served again, and staged.");
        terminal.err().println("Next: phonemos-scim push plan " + slug + ", then push release");
      }
      return ExitCode.DONE.status();
    }
  }

  /** {@code phonemos-scim tenant export}. */
  @Command(
      name = "export",
      description = "Write everything of a tenant, without secrets, as one JSON object per line.",
      footer = {"", "Example:", "  phonemos-scim tenant export acme --to acme.ndjson"})
  static final class Export implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "A new file; it holds personal data.")
    private Path file = Path.of("");

    Export(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      try (Session session = Session.open(terminal.config())) {
        export(session, slug, file);
        terminal.err().println("Written to " + file + ".");
      }
      return ExitCode.DONE.status();
    }
  }

  /** {@code phonemos-scim tenant delete}. */
  @Command(
      name = "delete",
      description = "Delete a disabled tenant with all that is kept of it, for good.",
      footer = {
        "",
        "Its accounts in Keycloak stay as they are.",
        "",
        "Example:",
        "  phonemos-scim tenant delete acme --export acme.ndjson --confirm acme",
      })
  static final class Delete implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "The tenant.")
    private String slug = "";

    @Option(
        names = "--confirm",
        paramLabel = "SLUG",
        required = true,
        description = "The tenant once more.")
    private String confirmed = "";

    @Option(
        names = "--export",
        paramLabel = "FILE",
        description = "Write everything into this new file before.")
    private @Nullable Path file;

    Delete(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      if (!confirmed.equals(slug)) {
        throw new CommandException(
            ExitCode.USAGE, "Expected --confirm " + slug + ", but it is " + confirmed);
      }
      try (Session session = Session.open(terminal.config())) {
        TenantAdministration tenants = session.administration().tenants();
        Tenants.Tenant tenant = session.await(tenants.find(slug));
        if (file != null && tenant.state() == Tenants.State.DISABLED) {
          export(session, slug, file);
        }
        session.await(tenants.delete(slug));
        terminal.err().println("Deleted.");
      }
      return ExitCode.DONE.status();
    }
  }

  private static void export(Session session, String slug, Path file) {
    TenantAdministration tenants = session.administration().tenants();
    Tenants.Tenant tenant = session.await(tenants.find(slug));
    OpenOptions asNew = new OpenOptions().setWrite(true).setCreateNew(true).setPerms("rw-------");
    session.awaitFile(
        session
            .vertx()
            .fileSystem()
            .open(file.toAbsolutePath().toString(), asNew)
            .compose(to -> tenants.export(tenant.id(), to).eventually(to::close)));
  }
}
