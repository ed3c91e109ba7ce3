package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.BodyReader;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchPropertiesTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final List<String> PATHS =
      List.of(
          "userName",
          "active",
          "title",
          "name",
          "name.givenName",
          "emails",
          "emails.value",
          "emails[type eq \"work\"]",
          "emails[type eq \"work\"].value",
          "emails[primary eq true].value",
          "emails[value co \"a\" or type eq \"home\"].primary",
          "emails[type eq \"home\"].primary",
          "roles",
          ENTERPRISE,
          ENTERPRISE + ":manager",
          ENTERPRISE + ":department");

  @Test
  void aPatchIsRefusedOrLeavesAValidResourceAndItsInputAlone() {
    long seed = Instant.now().toEpochMilli();
    Random random = new Random(seed);
    Attributes resource = Attributes.of(body().put("userName", "joe"));

    int applied = 0;
    for (int i = 0; i < 20_000; i++) {
      ObjectNode before = resource.copy();
      ObjectNode patch = patch(random);
      try {
        Attributes after = patched(resource, patch);
        applied++;
        assertThat(reread(after)).as("seed %d, %s on %s", seed, patch, before).isEqualTo(after);
        assertThat(resource.json()).as("seed %d, %s", seed, patch).isEqualTo(before);
        resource = random.nextInt(50) == 0 ? Attributes.of(body().put("userName", "joe")) : after;
      } catch (ScimException refused) {
        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused.error().type()).isPresent();
        assertThat(resource.json()).as("seed %d, %s", seed, patch).isEqualTo(before);
      }
    }

    assertThat(applied).isGreaterThan(2_000);
  }

  @Test
  void aSecondReplaceOrRemoveChangesNothingMore() {
    long seed = Instant.now().toEpochMilli();
    Random random = new Random(seed);
    Attributes resource = Attributes.of(body().put("userName", "joe"));

    for (int i = 0; i < 10_000; i++) {
      ObjectNode patch = patch(random, List.of("replace", "remove"), 1);
      try {
        Attributes once = patched(resource, patch);
        assertThat(twice(once, patch))
            .as("seed %d, %s on %s", seed, patch, resource.json())
            .isEqualTo(once);
        resource = once;
      } catch (ScimException refused) {
        assertThat(refused.error().status()).isEqualTo(400);
      }
    }
  }

  /** A replacement may take away what its own filter selects by; then there is nothing to do. */
  private static Attributes twice(Attributes once, ObjectNode patch) {
    try {
      return patched(once, patch);
    } catch (ScimException refused) {
      return once;
    }
  }

  private static Attributes patched(Attributes resource, ObjectNode patch) {
    Patch read = PatchReader.read(SCHEMAS, ResourceType.USER, Dialect.AUTO, patch);
    return read.apply(resource);
  }

  /** What a client gets back it may send again. */
  private static Attributes reread(Attributes attributes) {
    return BodyReader.read(SCHEMAS, ResourceType.USER, Dialect.AUTO, attributes.copy())
        .attributes();
  }

  private static ObjectNode patch(Random random) {
    return patch(random, List.of("add", "Replace", "remove"), 1 + random.nextInt(3));
  }

  private static ObjectNode patch(Random random, List<String> ops, int count) {
    ObjectNode patch = body();
    ArrayNode operations = patch.putArray("Operations");
    for (int i = 0; i < count; i++) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      ObjectNode operation = operations.addObject();
      operation.put("op", ops.get(random.nextInt(ops.size()))).put("path", path);
      if (!operation.path("op").asText().equals("remove")) {
        value(random, path, operation);
      }
    }
    return patch;
  }

  private static void value(Random random, String path, ObjectNode operation) {
    boolean wrong = random.nextInt(8) == 0;
    if (wrong || path.equals("active") || path.endsWith("primary")) {
      operation.put("value", random.nextBoolean());
    } else if (path.equals("emails") || path.equals("roles")) {
      ArrayNode elements = operation.putArray("value");
      for (int i = random.nextInt(3); i > 0; i--) {
        element(random, elements.addObject());
      }
    } else if (path.endsWith("]")) {
      element(random, operation.putObject("value"));
    } else if (path.equals("name")) {
      operation.putObject("value").put("familyName", text(random));
    } else if (path.equals(ENTERPRISE)) {
      operation.putObject("value").put("department", text(random)).put("manager", text(random));
    } else {
      operation.put("value", text(random));
    }
  }

  private static void element(Random random, ObjectNode element) {
    element.put("value", "v" + random.nextInt(3));
    if (random.nextBoolean()) {
      element.put("type", random.nextBoolean() ? "work" : "home");
    }
    if (random.nextBoolean()) {
      element.put("primary", random.nextBoolean());
    }
  }

  private static String text(Random random) {
    return List.of("", "a", "b", "ü").get(random.nextInt(4));
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode();
  }
}
