package com.phonemos.scim.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.keycloak.Forecast;
import com.phonemos.scim.engine.keycloak.PushRehearsal;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim push plan}. */
@Command(
    name = "plan",
    description = "Show what a push would do now. Keycloak is only read, and with rests.",
    footer = {
      "",
      "Of a staged tenant it is what push release will do; conflicts come first.",
      "",
      "Examples:",
      "  phonemos-scim push plan acme",
      "  phonemos-scim push plan acme --json > plan.json",
    })
final class PushPlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Resources that are named, at most (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--json", description = "Print JSON, with every resource.")
  private boolean json;

  PushPlanCommand(Terminal terminal) {
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
      Forecast forecast = forecast(session, tenant);
      if (json) {
        terminal.out().println(json(forecast).toPrettyString());
      } else {
        show(forecast);
      }
      if (tenant.state() == Tenants.State.STAGED) {
        terminal.err().println("Next: phonemos-scim push release " + slug);
      }
    }
    return ExitCode.DONE.status();
  }

  private Forecast forecast(Session session, Tenants.Tenant tenant) {
    try (Progress progress = new Progress(terminal.err())) {
      return session.awaitKeycloak(
          PushRehearsal.run(
              session.vertx(), session.database(), session.tenants(), tenant.id(), progress::show));
    }
  }

  private void show(Forecast forecast) {
    List<List<String>> sums = new ArrayList<>();
    forecast.summary().forEach((action, kinds) -> sums.add(sum(action, kinds)));
    terminal.table(List.of("ACTION", "USERS", "GROUPS", "MEMBERSHIPS"), sums);
    List<Forecast.Change> changes =
        forecast.changes().stream()
            .filter(change -> change.action() != Forecast.Action.NOTHING)
            .toList();
    if (changes.isEmpty()) {
      terminal.err().println("There is nothing to do.");
      return;
    }
    terminal.out().println();
    terminal.table(
        List.of("ACTION", "KIND", "ID", "NAME", "KEYCLOAK", "DETAIL"),
        changes.stream().limit(limit).map(PushPlanCommand::row).toList());
    if (changes.size() > limit) {
      terminal.err().println((changes.size() - limit) + " more: see --limit or --json.");
    }
  }

  private static List<String> sum(Forecast.Action action, Map<DueKind, Integer> kinds) {
    return Stream.concat(
            Stream.of(word(action)),
            Stream.of(DueKind.USER, DueKind.GROUP, DueKind.MEMBERSHIP)
                .map(kind -> Integer.toString(kinds.getOrDefault(kind, 0))))
        .toList();
  }

  private static List<String> row(Forecast.Change change) {
    return List.of(
        word(change.action()),
        change.kind().name(),
        change.id().toString(),
        change.name().isEmpty() ? "-" : change.name(),
        change.account().orElse("-"),
        change.detail());
  }

  private static ObjectNode json(Forecast forecast) {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    ObjectNode summary = plan.putObject("summary");
    forecast
        .summary()
        .forEach((action, kinds) -> {
          ObjectNode sums = summary.putObject(word(action));
          kinds.forEach((kind, number) -> sums.put(kind.name().toLowerCase(Locale.ROOT), number));
        });
    ArrayNode changes = plan.putArray("changes");
    for (Forecast.Change change : forecast.changes()) {
      ObjectNode object = changes.addObject();
      object.put("action", word(change.action()));
      object.put("kind", change.kind().name());
      object.put("id", change.id().toString());
      change.group().map(UUID::toString).ifPresent(group -> object.put("group", group));
      object.put("name", change.name());
      change.account().ifPresent(account -> object.put("keycloak", account));
      object.put("detail", change.detail());
    }
    return plan;
  }

  private static String word(Forecast.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
