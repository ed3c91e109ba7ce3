package com.phonemos.scim.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.Difference;
import com.phonemos.scim.engine.store.DriftFindings.Author;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.Reported;
import com.phonemos.scim.engine.store.DriftScans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim drift report}. */
@Command(
    name = "report",
    description = "Show what was found changed, by whom, and when it was put back.",
    footer = {
      "",
      "Who did it is known where the realm records admin events.",
      "",
      "Examples:",
      "  phonemos-scim drift report acme",
      "  phonemos-scim drift report acme --json",
    })
final class DriftReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Findings, at most (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--json", description = "Print JSON, with the values that differed.")
  private boolean json;

  DriftReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      var tenant = session.tenant(slug);
      List<Reported> findings = session.await(session.findings().list(tenant, limit));
      DriftScans.State state = session.await(session.scans().state(tenant));
      if (json) {
        terminal.out().println(json(findings).toPrettyString());
      } else if (!findings.isEmpty()) {
        terminal.table(
            List.of("FOUND", "WHAT", "KIND", "NAME", "FIELDS", "BY", "PUT BACK"),
            findings.stream().map(DriftReportCommand::row).toList());
      }
      if (findings.isEmpty()) {
        terminal.err().println("Nothing was found.");
      }
      terminal.err().println(told(state));
      state
          .problem()
          .ifPresent(problem -> terminal.err().println("It did not come to its end: " + problem));
    }
    return ExitCode.DONE.status();
  }

  private static String told(DriftScans.State state) {
    return state
        .finished()
        .map(at -> "The realm was last looked through at " + seconds(at) + ".")
        .orElse("The realm was never looked through: see phonemos-scim drift scan.");
  }

  private static List<String> row(Reported reported) {
    Finding finding = reported.finding();
    return List.of(
        seconds(reported.found()),
        finding.what().word(),
        finding.kind().name(),
        name(reported),
        finding.differences().stream().map(Difference::field).collect(Collectors.joining(", ")),
        finding.author().map(author -> author.name() + " at " + seconds(author.at())).orElse("-"),
        reported
            .repaired()
            .map(DriftReportCommand::seconds)
            .orElseGet(() -> "waits" + reported.reason().map(why -> ": " + why).orElse("")));
  }

  private static String name(Reported reported) {
    String name = reported.name().isEmpty() ? reported.finding().id().toString() : reported.name();
    return reported.finding().group().equals(Claim.NO_GROUP)
        ? name
        : name + " in " + reported.groupName();
  }

  private static ArrayNode json(List<Reported> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Reported reported : findings) {
      Finding finding = reported.finding();
      ObjectNode object = array.addObject();
      object.put("found", reported.found().toString());
      object.put("what", finding.what().word());
      object.put("kind", finding.kind().name());
      object.put("id", finding.id().toString());
      if (!finding.group().equals(Claim.NO_GROUP)) {
        object.put("group", finding.group().toString());
      }
      object.put("name", reported.name());
      object.put("keycloak", finding.keycloakId());
      ArrayNode differences = object.putArray("differences");
      for (Difference difference : finding.differences()) {
        differences
            .addObject()
            .put("field", difference.field())
            .put("expected", difference.expected())
            .put("actual", difference.actual());
      }
      finding.author().ifPresent(author -> put(object, author));
      reported.repaired().ifPresent(at -> object.put("putBack", at.toString()));
      reported.reason().ifPresent(why -> object.put("waits", why));
    }
    return array;
  }

  private static void put(ObjectNode object, Author author) {
    object.putObject("by").put("name", author.name()).put("at", author.at().toString());
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
