package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What identity providers send, one shape per file below {@code dialects}: {@code source} names the
 * evidence, {@code dialect} the policy if it is not {@code AUTO}, {@code before} and {@code after}
 * are the resource, {@code members} the changes of a group's members.
 */
class DialectTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/dialects"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @Clause({"rfc7644/3.5.2/4", "rfc7644/3.5.2.1/5"})
  @MethodSource("fixtures")
  void thePatchMeansWhatItsSenderMeans(Path file) throws IOException {
    // Given
    ObjectNode fixture = Json.parseObject(Files.readAllBytes(file));
    ResourceType type =
        ResourceType.valueOf(fixture.path("type").asText().toUpperCase(Locale.ROOT));
    Dialect dialect = Dialect.valueOf(fixture.path("dialect").asText("AUTO"));
    Attributes before = Attributes.of((ObjectNode) fixture.path("before"));
    // When
    Patch patch = PatchReader.read(SCHEMAS, type, dialect, (ObjectNode) fixture.path("patch"));
    Attributes after = patch.apply(before);
    // Then
    assertThat(fixture.path("source").asText()).isNotBlank();
    assertThat(after.json()).isEqualTo(fixture.path("after"));
    assertThat(patch.memberChanges()).isEqualTo(memberChanges(fixture.path("members")));
  }

  private static List<MemberChange> memberChanges(JsonNode changes) {
    return changes.valueStream().map(DialectTest::memberChange).toList();
  }

  private static MemberChange memberChange(JsonNode change) {
    var only = change.properties().iterator().next();
    Set<UUID> ids = new HashSet<>();
    only.getValue().forEach(id -> ids.add(UUID.fromString(id.asText())));
    return switch (only.getKey()) {
      case "add" -> new MemberChange.Add(ids);
      case "remove" -> new MemberChange.Remove(ids);
      case "replace" -> new MemberChange.Replace(ids);
      default -> throw new IllegalArgumentException(only.getKey());
    };
  }
}
