package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.patch.PatchModel.Email;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchModelTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final int PATCHES = 20_000;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void aPatchDoesWhatTheStandardSaysOrNothingAtAll() {
    PatchModel model = new PatchModel();
    Attributes resource = Attributes.of(model.json());
    int refused = 0;
    for (int i = 0; i < PATCHES; i++) {
      // Given
      PatchModel expected = model.copy();
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
      ArrayNode operations = patch.putArray("Operations");
      boolean possible = true;
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        possible &= operation(operations.addObject(), expected);
      }
      // When
      Optional<Attributes> after = patched(resource, patch);
      // Then
      assertThat(after.map(Attributes::json))
          .as("%s on %s, seed %d", patch, model.json(), seed)
          .isEqualTo(possible ? Optional.of(expected.json()) : Optional.empty());
      assertThat(resource.json()).as("%s, seed %d", patch, seed).isEqualTo(model.json());
      if (possible) {
        model = expected;
        resource = after.orElseThrow();
      } else {
        refused++;
      }
    }
    assertThat(refused).isBetween(PATCHES / 50, PATCHES / 2);
  }

  private Optional<Attributes> patched(Attributes resource, ObjectNode patch) {
    try {
      return Optional.of(
          PatchReader.read(SCHEMAS, ResourceType.USER, Dialect.STRICT, patch).apply(resource));
    } catch (ScimException refused) {
      assertThat(refused.error().type()).as("%s", patch).contains(ScimType.NO_TARGET);
      return Optional.empty();
    }
  }

  /** One operation on both sides; false when the standard refuses it. */
  private boolean operation(ObjectNode operation, PatchModel model) {
    String set = random.nextBoolean() ? "add" : "replace";
    String text = text();
    String type = type();
    switch (random.nextInt(9)) {
      case 0 -> {
        operation.put("op", set).put("path", "title").put("value", text);
        model.title(Optional.of(text));
      }
      case 1 -> {
        operation.put("op", "remove").put("path", "title");
        model.title(Optional.empty());
      }
      case 2 -> {
        operation.put("op", set).put("path", "name.givenName").put("value", text);
        model.name("givenName", Optional.of(text));
      }
      case 3 -> {
        operation.put("op", "remove").put("path", "name.givenName");
        model.name("givenName", Optional.empty());
      }
      case 4 -> {
        operation.put("op", set).put("path", "name").putObject("value").put("familyName", text);
        model.name("familyName", Optional.of(text));
      }
      case 5 -> {
        Email email = email(random.nextInt(3) == 0);
        operation.put("op", "add").put("path", "emails").putArray("value").add(email.json());
        model.add(email);
      }
      case 6 -> {
        List<Email> all = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          all.add(email(all.isEmpty() && random.nextBoolean()));
        }
        ArrayNode value = operation.put("op", "replace").put("path", "emails").putArray("value");
        all.forEach(email -> value.add(email.json()));
        model.replaceAll(all);
      }
      case 7 -> {
        operation
            .put("op", "replace")
            .put("path", "emails[type eq \"" + type + "\"].value")
            .put("value", text);
        return model.replaceValueOfType(type, text);
      }
      default -> {
        if (random.nextBoolean()) {
          operation.put("op", "remove").put("path", "emails[type eq \"" + type + "\"]");
          model.removeOfType(type);
        } else {
          operation
              .put("op", "replace")
              .put("path", "emails[type eq \"" + type + "\"].primary")
              .put("value", true);
          return model.makePrimary(type);
        }
      }
    }
    return true;
  }

  private Email email(boolean primary) {
    return new Email(
        Optional.of(text()),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(type()),
        primary ? Optional.of(true) : Optional.empty());
  }

  private String text() {
    return "v" + random.nextInt(4);
  }

  private String type() {
    return List.of("work", "home", "other").get(random.nextInt(3));
  }
}
