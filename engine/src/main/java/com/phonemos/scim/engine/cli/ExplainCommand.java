package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.Explanation;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.DueList;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phonemos-scim explain}. */
@Command(
    name = "explain",
    description =
        "Say why somebody is or is not there: what the identity provider sent, what was stored,"
            + " and what Keycloak has of it.",
    footer = {
      "",
      "Examples:",
      "  phonemos-scim explain --tenant acme --user jane@acme.example",
      "  phonemos-scim explain --tenant acme --user jane@acme.example --group Sales",
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--tenant", paramLabel = "SLUG", required = true, description = "The tenant.")
  private String slug = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "A user name, an e-mail address or an external id.")
  private String user = "";

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "A group: why is the user in it, or not?")
  private @Nullable String group;

  @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
  private boolean json;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      List<Explanation> explanations =
          session.await(
              session.administration().inquiries().explain(slug, user, Optional.ofNullable(group)));
      if (json) {
        terminal.json(AdminJson.list(explanations, AdminJson::explanation));
      } else {
        explanations.forEach(this::tell);
      }
    }
    return ExitCode.DONE.status();
  }

  private void tell(Explanation explanation) {
    PrintWriter out = terminal.out();
    if (explanation.user().isEmpty()) {
      out.println("Nobody of that name is stored.");
      out.println(
          explanation.requests().isEmpty()
              ? "The identity provider has not asked for it either: is the person assigned there?"
              : "The identity provider did ask:");
    } else {
      stored(out, explanation.user().get(), explanation);
    }
    explanation.membership().ifPresent(membership -> membership(out, membership));
    if (!explanation.changes().isEmpty()) {
      out.println();
      out.println("Changes, newest first:");
      changes(explanation.changes());
    }
    if (!explanation.requests().isEmpty()) {
      out.println();
      out.println("Requests, newest first:");
      RequestsCommand.show(terminal, explanation.requests());
    }
  }

  private static void stored(PrintWriter out, Dossier.User user, Explanation explanation) {
    out.println("Stored as " + user.id() + ", " + (user.active() ? "active" : "not active") + ",");
    out.println(
        "  revision "
            + user.revision()
            + ", last changed "
            + user.modified().truncatedTo(ChronoUnit.SECONDS)
            + ".");
    out.println(
        explanation.groups().isEmpty()
            ? "In no group."
            : "In "
                + String.join(", ", explanation.groups().stream().map(Dossier.Group::name).toList())
                + ".");
    out.println(
        explanation
            .account()
            .map(account -> "In Keycloak as " + account + ".")
            .orElse("Not in Keycloak yet."));
    if (explanation.due().isEmpty()) {
      out.println("Nothing is due: Keycloak has all of it.");
    }
    explanation.due().forEach(due -> out.println("Due: " + due(due)));
  }

  private static String due(DueList.Due due) {
    String what =
        due.group().map(id -> "membership of group " + id).orElse("the account")
            + " since "
            + due.marked().truncatedTo(ChronoUnit.SECONDS);
    String reason = due.reason().map(text -> ": " + text).orElse("");
    return what + (due.due().isEmpty() ? ", given up" : "") + reason;
  }

  private void membership(PrintWriter out, Explanation.Membership membership) {
    out.println();
    if (membership.group().isEmpty()) {
      out.println(
          "There is no group " + membership.name() + ": the identity provider did not push it.");
    } else {
      out.println(
          (membership.member() ? "Is" : "Is not") + " a member of " + membership.name() + ".");
      if (membership.changes().isEmpty()) {
        out.println("The identity provider never put this user into it.");
      } else {
        changes(membership.changes());
      }
    }
  }

  private void changes(List<Dossier.Change> changes) {
    terminal.table(
        List.of("TIME", "REVISION", "REQUEST", "OPERATION", "WHAT"),
        changes.stream()
            .map(change ->
                List.of(
                    change.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                    Long.toString(change.revision()),
                    change.requestId(),
                    change.operation(),
                    String.join(", ", change.attributes())))
            .toList());
  }
}
