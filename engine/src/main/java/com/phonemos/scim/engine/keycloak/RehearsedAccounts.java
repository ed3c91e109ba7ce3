package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Accounts, or groups, of a {@link RehearsedRealm}: of all of them the names, and of those that
 * were written how they are now.
 */
final class RehearsedAccounts {
  private static final List<String> ERASED =
      List.of("attributes", "firstName", "lastName", "email");

  private final Map<String, Keys> keys = new HashMap<>();
  private final Map<String, String> byName = new HashMap<>();
  private final Map<String, String> byEmail = new HashMap<>();
  private final Map<UUID, Set<String>> byMark = new HashMap<>();
  private final Map<String, Optional<ObjectNode>> met = new HashMap<>();

  private record Keys(String name, String email, Optional<UUID> mark) {
    static Keys of(ObjectNode representation) {
      return new Keys(
          // The names of groups are told apart by case, too.
          lower(representation, "username") + representation.path("name").asText(""),
          lower(representation, "email"),
          KeycloakMapping.scimId(representation));
    }
  }

  /** Notes whose names they are. */
  void index(ObjectNode representation) {
    index(KeycloakMapping.id(representation), representation);
  }

  /** Notes how one is from now on. */
  void meet(String id, ObjectNode representation) {
    index(id, representation);
    met.put(id, Optional.of(representation));
  }

  /** Notes that one is gone. */
  void forget(String id) {
    unindex(id);
    met.put(id, Optional.empty());
  }

  /** How one is now, if it was written. */
  Optional<Future<Optional<ObjectNode>>> met(String id) {
    return Optional.ofNullable(met.get(id)).map(Future::succeededFuture);
  }

  /**
   * @param name of a group, or of a user in lower case
   */
  Optional<String> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<String> withEmail(String email) {
    return Optional.ofNullable(byEmail.get(email.toLowerCase(Locale.ROOT)));
  }

  Set<String> marked(UUID scimId) {
    return byMark.getOrDefault(scimId, Set.of());
  }

  /** Whether another than {@code id} has its name or its address. */
  boolean isTaken(ObjectNode representation, String id) {
    Keys wanted = Keys.of(representation);
    String name = byName.getOrDefault(wanted.name, id);
    String address = wanted.email.isEmpty() ? id : byEmail.getOrDefault(wanted.email, id);
    return !name.equals(id) || !address.equals(id);
  }

  /** What an update makes of a representation: with attributes it is a full one. */
  static ObjectNode updated(ObjectNode before, ObjectNode update) {
    ObjectNode after = before.deepCopy();
    if (update.has("attributes")) {
      after.remove(ERASED);
    }
    update.properties().forEach(field -> after.set(field.getKey(), field.getValue()));
    for (String folded : List.of("username", "email")) {
      if (after.has(folded)) {
        after.put(folded, lower(after, folded));
      }
    }
    return after;
  }

  /** The names of the fields and attributes in which two representations differ. */
  static List<String> differences(ObjectNode before, ObjectNode after) {
    List<String> differences = new ArrayList<>();
    for (String field : names(before, after)) {
      if (field.equals("attributes")) {
        JsonNode one = attributes(before);
        JsonNode other = attributes(after);
        names(one, other).stream()
            .filter(name -> !one.path(name).equals(other.path(name)))
            .forEach(differences::add);
      } else if (!before.path(field).equals(after.path(field))) {
        differences.add(field);
      }
    }
    return differences;
  }

  private static JsonNode attributes(ObjectNode representation) {
    JsonNode attributes = representation.path("attributes");
    return attributes.isObject() ? attributes : JsonNodeFactory.instance.objectNode();
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new LinkedHashSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void index(String id, ObjectNode representation) {
    unindex(id);
    Keys own = Keys.of(representation);
    keys.put(id, own);
    byName.put(own.name, id);
    if (!own.email.isEmpty()) {
      byEmail.put(own.email, id);
    }
    own.mark.ifPresent(mark -> byMark.computeIfAbsent(mark, none -> new LinkedHashSet<>()).add(id));
  }

  private void unindex(String id) {
    Keys own = keys.remove(id);
    if (own != null) {
      byName.remove(own.name, id);
      byEmail.remove(own.email, id);
      own.mark.ifPresent(mark -> marked(mark).remove(id));
    }
  }

  private static String lower(ObjectNode representation, String field) {
    return representation.path(field).asText("").toLowerCase(Locale.ROOT);
  }
}
