package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.Inquiries;
import com.phonemos.scim.engine.store.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim requests}. */
@Command(
    name = "requests",
    description = "What a tenant's identity provider asked and was answered, newest first.",
    footer = {
      "",
      "Values of attributes are not kept; filters are shown by their shape.",
      "",
      "Examples:",
      "  phonemos-scim requests acme --errors --since PT6H",
      "  phonemos-scim requests acme --id 1gsw82k-4f",
    })
final class RequestsCommand implements Callable<Integer> {
  private static final int LOWEST_ERROR = 400;

  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Option(names = "--errors", description = "Only those that were refused or failed.")
  private boolean errors;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "How far back, such as PT30M or P2D (default: ${DEFAULT-VALUE}).")
  private Duration since = Duration.ofDays(1);

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rows, at most (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(
      names = "--id",
      paramLabel = "REQUEST-ID",
      description = "Only this one: the X-Request-Id of an answer.")
  private @Nullable String id;

  @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
  private boolean json;

  RequestsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      Inquiries inquiries = session.administration().inquiries();
      List<RequestLog.Entry> found =
          session.await(
              id == null
                  ? inquiries.requests(
                      slug, Instant.now().minus(since), errors ? LOWEST_ERROR : 0, limit)
                  : inquiries.request(slug, id));
      if (json) {
        terminal.json(AdminJson.list(found, AdminJson::request));
      } else {
        show(terminal, found);
      }
      if (found.isEmpty()) {
        terminal.err().println("No request found.");
      }
    }
    return ExitCode.DONE.status();
  }

  static void show(Terminal terminal, List<RequestLog.Entry> entries) {
    terminal.table(
        List.of("TIME", "REQUEST", "OPERATION", "RESOURCE", "STATUS", "MS", "WHAT"),
        entries.stream().map(RequestsCommand::row).toList());
  }

  private static List<String> row(RequestLog.Entry entry) {
    return List.of(
        entry.at().truncatedTo(ChronoUnit.MILLIS).toString(),
        entry.requestId(),
        entry.operation(),
        entry.resourceType().orElse("-")
            + entry.resourceId().map(resource -> " " + resource).orElse(""),
        entry.status() + entry.scimType().map(type -> " " + type).orElse(""),
        Long.toString(entry.duration().toMillis()),
        entry.detail().or(entry::filter).orElse("-"));
  }
}
