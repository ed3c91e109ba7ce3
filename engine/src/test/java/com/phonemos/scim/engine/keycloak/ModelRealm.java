package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The rules of a realm in memory, as they were observed. With faults: a call fails before or after
 * it takes effect.
 */
final class ModelRealm implements KeycloakRealm {
  final Map<String, ObjectNode> users = new LinkedHashMap<>();
  final Map<String, ObjectNode> groups = new LinkedHashMap<>();
  final Set<List<String>> members = new HashSet<>();
  final Set<String> loggedOut = new HashSet<>();
  final Set<String> administrators = new HashSet<>();
  private final RandomGenerator random;
  private int faultPercent;
  private int ids;

  ModelRealm(RandomGenerator random) {
    this.random = random;
  }

  void failPercent(int percent) {
    faultPercent = percent;
  }

  @Override
  public Future<String> createUser(ObjectNode representation) {
    return call(() -> store(users, "user-" + ids++, representation, this::userClash));
  }

  @Override
  public Future<Optional<ObjectNode>> user(String id) {
    return call(() -> found(users, id));
  }

  @Override
  public Future<Optional<ObjectNode>> userNamed(String userName) {
    return call(() -> first(users, "username", userName));
  }

  @Override
  public Future<Optional<ObjectNode>> userWithEmail(String email) {
    return call(() -> first(users, "email", email));
  }

  @Override
  public Future<List<ObjectNode>> usersWithScimId(UUID scimId) {
    return call(() -> marked(users.values(), scimId));
  }

  @Override
  public Future<Void> updateUser(String id, ObjectNode representation) {
    return call(() -> {
      ObjectNode stored = there(users, id, "user");
      ObjectNode updated = stored.deepCopy();
      if (representation.has("attributes")) {
        updated.remove(List.of("firstName", "lastName", "email", "attributes"));
      }
      updated.setAll(representation);
      store(users, id, updated, this::userClash);
      return null;
    });
  }

  @Override
  public Future<Void> logOut(String id) {
    return call(() -> {
      there(users, id, "user");
      loggedOut.add(id);
      return null;
    });
  }

  @Override
  public Future<Void> deleteUser(String id) {
    return call(() -> {
      users.remove(id);
      members.removeIf(member -> member.get(0).equals(id));
      return null;
    });
  }

  @Override
  public Future<Boolean> isAdministrator(String userId) {
    return call(() -> administrators.contains(userId));
  }

  @Override
  public Future<String> createGroup(ObjectNode representation) {
    return call(() -> store(groups, "group-" + ids++, representation, this::groupClash));
  }

  @Override
  public Future<Optional<ObjectNode>> group(String id) {
    return call(() -> found(groups, id));
  }

  @Override
  public Future<Optional<ObjectNode>> groupNamed(String name) {
    return call(() ->
        groups.values().stream()
            .filter(group -> group.path("name").asText().equals(name))
            .map(ObjectNode::deepCopy)
            .findFirst());
  }

  @Override
  public Future<List<ObjectNode>> groupsWithScimId(UUID scimId) {
    return call(() -> marked(groups.values(), scimId));
  }

  @Override
  public Future<Void> updateGroup(String id, ObjectNode representation) {
    return call(() -> {
      there(groups, id, "group");
      store(groups, id, representation, this::groupClash);
      return null;
    });
  }

  @Override
  public Future<Void> deleteGroup(String id) {
    return call(() -> {
      groups.remove(id);
      members.removeIf(member -> member.get(1).equals(id));
      return null;
    });
  }

  @Override
  public Future<Boolean> givesRoles(String groupId) {
    return call(() -> false);
  }

  @Override
  public Future<Void> join(String userId, String groupId) {
    return call(() -> {
      there(users, userId, "user");
      there(groups, groupId, "group");
      members.add(List.of(userId, groupId));
      return null;
    });
  }

  @Override
  public Future<Void> leave(String userId, String groupId) {
    return call(() -> {
      members.remove(List.of(userId, groupId));
      return null;
    });
  }

  private <T> Future<T> call(Supplier<T> effect) {
    int dice = random.nextInt(100);
    if (dice < faultPercent / 2) {
      return Future.failedFuture(fault());
    }
    try {
      T result = effect.get();
      return dice < faultPercent ? Future.failedFuture(fault()) : Future.succeededFuture(result);
    } catch (KeycloakException refused) {
      return Future.failedFuture(refused);
    }
  }

  private KeycloakException fault() {
    return new KeycloakException(
        random.nextBoolean()
            ? new Problem.Failed("500")
            : new Problem.Unavailable(
                Problem.Scope.SERVER, "no answer", Optional.of(Duration.ofMillis(1))));
  }

  private static String store(
      Map<String, ObjectNode> all, String id, ObjectNode wanted, Predicate<ObjectNode> clash) {
    ObjectNode stored = wanted.deepCopy();
    stored.put("id", id);
    for (String field : List.of("username", "email")) {
      JsonNode value = stored.path(field);
      if (value.isTextual()) {
        stored.put(field, value.textValue().toLowerCase(Locale.ROOT));
      }
    }
    if (clash.test(stored)) {
      throw new KeycloakException(new Problem.Conflict("409"));
    }
    all.put(id, stored);
    return id;
  }

  private boolean userClash(ObjectNode wanted) {
    return clash(users, wanted, "username") || clash(users, wanted, "email");
  }

  private boolean groupClash(ObjectNode wanted) {
    return clash(groups, wanted, "name");
  }

  private static boolean clash(Map<String, ObjectNode> all, ObjectNode wanted, String field) {
    return wanted.path(field).isTextual()
        && all.values().stream()
            .anyMatch(other ->
                other.path(field).equals(wanted.path(field))
                    && !other.path("id").equals(wanted.path("id")));
  }

  private static ObjectNode there(Map<String, ObjectNode> all, String id, String noun) {
    return Optional.ofNullable(all.get(id))
        .orElseThrow(() -> new KeycloakException(new Problem.NotFound(noun + " not found")));
  }

  private static Optional<ObjectNode> found(Map<String, ObjectNode> all, String id) {
    return Optional.ofNullable(all.get(id)).map(ObjectNode::deepCopy);
  }

  private static Optional<ObjectNode> first(
      Map<String, ObjectNode> all, String field, String value) {
    JsonNode wanted = JsonNodeFactory.instance.textNode(value.toLowerCase(Locale.ROOT));
    return all.values().stream()
        .filter(item -> item.path(field).equals(wanted))
        .map(ObjectNode::deepCopy)
        .findFirst();
  }

  private static List<ObjectNode> marked(Collection<ObjectNode> all, UUID scimId) {
    return all.stream()
        .filter(item -> KeycloakMapping.scimId(item).equals(Optional.of(scimId)))
        .map(ObjectNode::deepCopy)
        .toList();
  }
}
