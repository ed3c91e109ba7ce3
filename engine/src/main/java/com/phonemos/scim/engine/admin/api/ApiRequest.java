package com.phonemos.scim.engine.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.admin.Refusal;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an operator asks, read strictly: whatever is not expected is refused by name. */
final class ApiRequest {
  private static final int MOST = 1_000;

  private final RoutingContext context;

  ApiRequest(RoutingContext context) {
    this.context = context;
  }

  /** The slug in the path. */
  String tenant() {
    return context.pathParam("tenant");
  }

  /** Any text in the path. */
  String word(String name) {
    return context.pathParam(name);
  }

  /** An id in the path. */
  UUID id(String name) {
    return uuid(name, context.pathParam(name));
  }

  /** How many items, at most. */
  int limit() {
    return (int) number("limit", 1, MOST).orElse(100L).longValue();
  }

  Optional<Long> number(String name, long least, long most) {
    return query(name)
        .map(text -> {
          try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException none) {
            throw unlike(name, "a number from " + least + " to " + most);
          }
          throw unlike(name, "a number from " + least + " to " + most);
        });
  }

  Optional<UUID> queriedId(String name) {
    return query(name).map(text -> uuid(name, text));
  }

  /** How far back; a day where nothing is said. */
  Duration since() {
    return query("since")
        .map(text -> {
          try {
            return Duration.parse(text);
          } catch (DateTimeParseException none) {
            throw unlike("since", "a duration such as PT6H or P2D");
          }
        })
        .orElse(Duration.ofDays(1));
  }

  boolean flag(String name) {
    Optional<String> text = query(name);
    if (text.isPresent() && !List.of("true", "false").contains(text.get())) {
      throw unlike(name, "true or false");
    }
    return text.filter("true"::equals).isPresent();
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParams().get(name));
  }

  /**
   * The body.
   *
   * @param members that it may have
   */
  Body body(String... members) {
    return Body.of("the body", anyBody(), List.of(members));
  }

  /** The body, whatever its members; without one, an empty object. */
  ObjectNode anyBody() {
    Buffer buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return Json.parseObject(buffer.getBytes());
    } catch (ScimException notJson) {
      throw new Refusal(Refusal.Kind.INVALID, String.valueOf(notJson.getMessage()));
    }
  }

  /** A JSON object whose members are known. */
  record Body(String place, ObjectNode json) {
    private static Body of(String place, JsonNode json, List<String> members) {
      if (!(json instanceof ObjectNode object)) {
        throw new Refusal(
            Refusal.Kind.INVALID, "Expected " + place + " to be an object, but it is none");
      }
      object
          .fieldNames()
          .forEachRemaining(name -> {
            if (!members.contains(name)) {
              throw new Refusal(
                  Refusal.Kind.INVALID,
                  "Expected one of "
                      + String.join(", ", members)
                      + " in "
                      + place
                      + ", but there is "
                      + name);
            }
          });
      return new Body(place, object);
    }

    String text(String name) {
      return optionalText(name)
          .orElseThrow(() ->
              new Refusal(
                  Refusal.Kind.INVALID,
                  "Expected " + name + " in " + place + ", but there is none"));
    }

    Optional<String> optionalText(String name) {
      return member(name)
          .map(value -> {
            if (!value.isTextual()) {
              throw unlike(name, "a string");
            }
            return value.textValue();
          });
    }

    Optional<UUID> id(String name) {
      return optionalText(name).map(text -> uuid(name, text));
    }

    int number(String name, int otherwise) {
      return member(name)
          .map(value -> {
            if (!value.isInt()) {
              throw unlike(name, "a whole number");
            }
            return value.intValue();
          })
          .orElse(otherwise);
    }

    boolean flag(String name) {
      return member(name)
          .map(value -> {
            if (!value.isBoolean()) {
              throw unlike(name, "true or false");
            }
            return value.booleanValue();
          })
          .orElse(false);
    }

    Optional<Body> object(String name, String... members) {
      return member(name).map(value -> of(name, value, List.of(members)));
    }

    private Optional<JsonNode> member(String name) {
      return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }
  }

  private static UUID uuid(String name, String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException none) {
      throw unlike(name, "a UUID");
    }
    throw unlike(name, "a UUID");
  }

  private static Refusal unlike(String name, String expected) {
    return new Refusal(
        Refusal.Kind.INVALID, "Expected " + name + " to be " + expected + ", but it is not");
  }
}
