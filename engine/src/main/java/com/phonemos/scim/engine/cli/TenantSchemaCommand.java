package com.phonemos.scim.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaExtension;
import com.phonemos.scim.engine.store.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phonemos-scim tenant schema}. */
@Command(
    name = "schema",
    description = "List, add or remove a tenant's own schema extensions.",
    footer = {
      "",
      "FILE holds a schema as /Schemas serves it (RFC 7643 section 7): id, name, attributes.",
      "Its attributes are validated, filtered and served for this tenant alone.",
      "",
      "Examples:",
      "  phonemos-scim tenant schema acme",
      "  phonemos-scim tenant schema acme --add badge.json",
      "  phonemos-scim tenant schema acme --add cost.json --of GROUP",
      "  phonemos-scim tenant schema acme --remove urn:acme:scim:2.0:Badge",
    })
final class TenantSchemaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @ArgGroup private @Nullable Change change;

  @Option(
      names = "--of",
      paramLabel = "TYPE",
      description = "What it extends, USER or GROUP (default: ${DEFAULT-VALUE}).")
  private ResourceType type = ResourceType.USER;

  /** One at a time. */
  private static final class Change {
    @Option(
        names = "--add",
        paramLabel = "FILE",
        description = "Add the schema in this file, or put it in the place of the one of its id.")
    private @Nullable Path add;

    @Option(names = "--remove", paramLabel = "URN", description = "Remove the schema of this id.")
    private @Nullable String remove;
  }

  TenantSchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Change asked = change == null ? new Change() : change;
    Path file = asked.add;
    String urn = asked.remove;
    if (file != null) {
      SchemaExtension extension = read(file);
      alter((settings, tenant) -> settings.putSchema(tenant, extension));
      terminal
          .err()
          .println("Added " + extension.urn() + " to the " + type.title() + "s of " + slug);
    } else if (urn != null) {
      alter((settings, tenant) -> settings.removeSchema(tenant, urn));
      terminal.err().println("Removed.");
    } else {
      list();
    }
    return ExitCode.DONE.status();
  }

  /** A change of a tenant's schemas. */
  private interface Alteration {
    io.vertx.core.Future<Void> of(TenantSettings settings, TenantId tenant);
  }

  private void alter(Alteration alteration) {
    try (Session session = Session.open(terminal.config())) {
      session.await(alteration.of(session.settings(), session.tenant(slug)));
    } catch (TenantSettings.SchemaInUseException used) {
      throw new CommandException(ExitCode.REFUSED, String.valueOf(used.getMessage()));
    }
  }

  private void list() {
    try (Session session = Session.open(terminal.config())) {
      terminal.table(
          List.of("SCHEMA", "OF", "ATTRIBUTES"),
          session.await(session.settings().schemas(session.tenant(slug))).stream()
              .map(schema ->
                  List.of(
                      schema.urn(),
                      schema.type().title(),
                      schema.attributes().stream()
                          .map(Attribute::name)
                          .collect(Collectors.joining(", "))))
              .toList());
    }
  }

  private SchemaExtension read(Path file) {
    try {
      JsonNode document = Json.parseObject(Files.readAllBytes(file));
      List<String> problems = SchemaExtension.problems(document);
      if (!problems.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE,
            file + ":" + System.lineSeparator() + String.join(System.lineSeparator(), problems));
      }
      return new SchemaExtension(type, document);
    } catch (ScimException notJson) {
      throw new CommandException(ExitCode.USAGE, file + ": " + notJson.getMessage());
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE, "Expected to read " + file + ", but: " + unreadable);
    }
  }
}
