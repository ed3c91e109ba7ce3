package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.keycloak.DriftInspection;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.Difference;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.Tenants;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim drift scan}. */
@Command(
    name = "scan",
    description = "Look a tenant's realm through now, one call at a time and with rests.",
    footer = {
      "",
      "What is found is kept, and a running engine puts it back.",
      "",
      "Examples:",
      "  phonemos-scim drift scan acme --dry-run",
      "  phonemos-scim drift scan acme",
    })
final class DriftScanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Option(names = "--dry-run", description = "Only tell; keep nothing, and put nothing back.")
  private boolean dryRun;

  @Option(
      names = "--accept-gone",
      description = "Put back however much is gone: the realm was restored or made anew.")
  private boolean acceptGone;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DriftScanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      Tenants.Tenant tenant = session.described(slug);
      if (tenant.keycloak().isEmpty()) {
        throw new CommandException(
            ExitCode.REFUSED, "Expected a tenant with a Keycloak, but " + slug + " has none");
      }
      List<Finding> findings = findings(session, tenant);
      if (json || !findings.isEmpty()) {
        terminal.print(
            json,
            List.of("WHAT", "KIND", "ID", "GROUP", "KEYCLOAK", "FIELDS", "BY"),
            findings.stream().map(DriftScanCommand::row).toList());
      }
      if (findings.isEmpty()) {
        terminal.err().println("Keycloak is as it should be.");
      } else if (!dryRun) {
        terminal
            .err()
            .println("Due: " + findings.size() + ". See phonemos-scim drift report " + slug);
      }
    }
    return ExitCode.DONE.status();
  }

  private List<Finding> findings(Session session, Tenants.Tenant tenant) {
    DriftInspection.Mode repair =
        acceptGone ? DriftInspection.Mode.REPAIR_ALL : DriftInspection.Mode.REPAIR;
    try (Progress progress = new Progress(terminal.err())) {
      return session.awaitKeycloak(
          new DriftInspection(session.vertx(), session.database(), session.tenants())
              .run(tenant.id(), dryRun ? DriftInspection.Mode.REPORT : repair, progress::show));
    }
  }

  private static List<String> row(Finding finding) {
    return List.of(
        finding.what().word(),
        finding.kind().name(),
        finding.id().toString(),
        finding.group().equals(Claim.NO_GROUP) ? "-" : finding.group().toString(),
        finding.keycloakId(),
        finding.differences().stream().map(Difference::field).collect(Collectors.joining(", ")),
        finding.author().map(author -> author.name() + " at " + author.at()).orElse("-"));
  }
}
