package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One realm of Keycloak in memory: the part of the Admin REST API that the push speaks, with the
 * answers of Keycloak 26.7. {@link KeycloakModelIT} compares it with the real one.
 */
final class KeycloakModel implements KeycloakTransport {
  static final String REALM_MANAGEMENT = "realm-management-id";

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int TEXT_LIMIT = 255;

  private final Map<String, ObjectNode> users = new LinkedHashMap<>();
  private final Map<String, ObjectNode> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> groupsOfUser = new HashMap<>();
  private final Set<String> administrators = new LinkedHashSet<>();
  private long ids;

  /** Every user, by id. */
  Map<String, ObjectNode> users() {
    return users;
  }

  /** Every group, by id. */
  Map<String, ObjectNode> groups() {
    return groups;
  }

  /** Ids of the groups that a user is a member of. */
  Set<String> groupsOf(String user) {
    return groupsOfUser.getOrDefault(user, Set.of());
  }

  void makeAdministrator(String user) {
    administrators.add(user);
  }

  @Override
  public Future<Exchange> exchange(
      HttpMethod method, String address, MultiMap headers, Optional<Buffer> body) {
    return Future.succeededFuture(answer(method, address, body));
  }

  /** What the realm answers, having done it. */
  Exchange answer(HttpMethod method, String address, Optional<Buffer> body) {
    if (address.endsWith("/token")) {
      return exchange(200, NODES.objectNode().put("access_token", "token").put("expires_in", 300));
    }
    String[] parts = address.substring(address.indexOf("/admin/realms/") + 14).split("\\?", 2);
    String[] path = parts[0].split("/");
    Map<String, String> query = parts.length > 1 ? query(parts[1]) : Map.of();
    ObjectNode content = body.map(KeycloakModel::json).orElseGet(NODES::objectNode);
    return switch (path[1]) {
      case "users" -> users(method, path, query, content);
      case "groups" -> groups(method, path, query, content);
      case "admin-events" -> list(List.of());
      case "clients" -> list(Stream.of(NODES.objectNode().put("id", REALM_MANAGEMENT)).toList());
      default -> throw new IllegalArgumentException(method + " " + address);
    };
  }

  private Exchange users(
      HttpMethod method, String[] path, Map<String, String> query, ObjectNode content) {
    if (path.length == 2) {
      return method == HttpMethod.POST ? createUser(content) : list(page(found(query), query));
    }
    String id = path[2];
    ObjectNode user = users.get(id);
    if (user == null) {
      return error(404, "User not found");
    }
    if (path.length == 3) {
      return switch (method.name()) {
        case "GET" -> exchange(200, user);
        case "PUT" -> updateUser(user, content);
        default -> removeUser(id);
      };
    }
    return switch (path[3]) {
      case "logout" -> exchange(204);
      case "consents" -> list(List.of());
      case "role-mappings" ->
          list(
              administrators.contains(id)
                  ? List.of(NODES.objectNode().put("name", "realm-admin"))
                  : List.of());
      case "groups" ->
          path.length == 4
              ? list(groupsOf(id).stream().map(groups::get).map(KeycloakModel::brief).toList())
              : membership(method, id, path[4]);
      default -> throw new IllegalArgumentException(String.join("/", path));
    };
  }

  private Exchange membership(HttpMethod method, String user, String group) {
    if (!groups.containsKey(group)) {
      return error(404, "Group not found");
    }
    Set<String> joined = groupsOfUser.computeIfAbsent(user, none -> new LinkedHashSet<>());
    if (method == HttpMethod.PUT) {
      joined.add(group);
    } else {
      joined.remove(group);
    }
    return exchange(204);
  }

  private Exchange createUser(ObjectNode content) {
    Optional<Exchange> refused = refused(content, Optional.empty());
    if (refused.isPresent()) {
      return refused.get();
    }
    String id = nextId();
    Set<String> joined = new LinkedHashSet<>();
    for (JsonNode path : content.path("groups")) {
      Optional<ObjectNode> group =
          groups.values().stream()
              .filter(one -> one.path("path").asText().equals(path.asText()))
              .findFirst();
      if (group.isEmpty()) {
        return fault();
      }
      joined.add(group.get().path("id").asText());
    }
    ObjectNode user = NODES.objectNode().put("id", id).put("enabled", false);
    user.put("emailVerified", false);
    store(user, content);
    users.put(id, user);
    groupsOfUser.put(id, joined);
    return created("users", id);
  }

  private Exchange updateUser(ObjectNode user, ObjectNode content) {
    boolean whole = content.has("attributes");
    ObjectNode next = user.deepCopy();
    if (whole) {
      if (!content.has("username")) {
        return errorMessage(400, "User name is missing");
      }
      next.remove(List.of("attributes", "firstName", "lastName", "email"));
    }
    store(next, content);
    Optional<Exchange> refused = refused(next, Optional.of(user.path("id").asText()));
    if (refused.isPresent()) {
      return refused.get();
    }
    user.removeAll();
    user.setAll(next);
    return exchange(204);
  }

  private static void store(ObjectNode user, ObjectNode content) {
    for (String field : List.of("username", "email")) {
      if (content.hasNonNull(field)) {
        user.put(field, content.path(field).asText().toLowerCase(Locale.ROOT));
      }
    }
    for (String field : List.of("firstName", "lastName", "enabled", "emailVerified")) {
      if (content.hasNonNull(field)) {
        user.set(field, content.path(field));
      }
    }
    if (content.path("attributes") instanceof ObjectNode attributes) {
      ObjectNode stored = attributes.deepCopy();
      if (stored.isEmpty()) {
        user.remove("attributes");
      } else {
        user.set("attributes", stored);
      }
    }
  }

  private Optional<Exchange> refused(ObjectNode user, Optional<String> own) {
    for (String field : List.of("username", "email", "firstName", "lastName")) {
      if (user.path(field).asText("").length() > TEXT_LIMIT) {
        return Optional.of(fieldError(field, "error-invalid-length-too-long", TEXT_LIMIT));
      }
    }
    String email = user.path("email").asText("");
    if (!email.isEmpty() && !email.contains("@")) {
      return Optional.of(fieldError("email", "error-invalid-email"));
    }
    if (isTaken("username", user, own)) {
      return Optional.of(errorMessage(409, "User exists with same username"));
    }
    return isTaken("email", user, own)
        ? Optional.of(errorMessage(409, "User exists with same email"))
        : Optional.empty();
  }

  private boolean isTaken(String field, ObjectNode user, Optional<String> own) {
    String value = user.path(field).asText("").toLowerCase(Locale.ROOT);
    return !value.isEmpty()
        && users.values().stream()
            .anyMatch(other ->
                other.path(field).asText("").equals(value)
                    && !own.equals(Optional.of(other.path("id").asText())));
  }

  private Exchange removeUser(String id) {
    users.remove(id);
    groupsOfUser.remove(id);
    administrators.remove(id);
    return exchange(204);
  }

  private List<ObjectNode> found(Map<String, String> query) {
    Predicate<ObjectNode> wanted =
        query.entrySet().stream().map(KeycloakModel::condition).reduce(any -> true, Predicate::and);
    return users.values().stream()
        .filter(wanted)
        .sorted(Comparator.comparing(user -> user.path("username").asText()))
        .toList();
  }

  private static Predicate<ObjectNode> condition(Map.Entry<String, String> parameter) {
    String value = parameter.getValue().toLowerCase(Locale.ROOT);
    return switch (parameter.getKey()) {
      case "username" -> user -> user.path("username").asText().equals(value);
      case "email" -> user -> user.path("email").asText("").equals(value);
      case "q" -> user -> hasAttribute(user, parameter.getValue());
      default -> any -> true;
    };
  }

  private static boolean hasAttribute(ObjectNode item, String query) {
    String[] pair = query.split(":", 2);
    return item.path("attributes").path(pair[0]).path(0).asText("").equalsIgnoreCase(pair[1]);
  }

  private Exchange groups(
      HttpMethod method, String[] path, Map<String, String> query, ObjectNode content) {
    if (path.length == 2) {
      return method == HttpMethod.POST ? createGroup(content) : list(foundGroups(query));
    }
    ObjectNode group = groups.get(path[2]);
    if (group == null) {
      return error(404, "Could not find group by id");
    }
    if (path.length == 4 && path[3].equals("children")) {
      return method == HttpMethod.POST
          ? moveGroup(content.path("id").asText(), Optional.of(path[2]))
          : list(
              groups.values().stream()
                  .filter(child -> child.path("parentId").asText("").equals(path[2]))
                  .toList());
    }
    if (path.length == 4) {
      return list(
          page(
              users.values().stream()
                  .filter(user -> groupsOf(user.path("id").asText()).contains(path[2]))
                  .toList(),
              query));
    }
    return switch (method.name()) {
      case "GET" -> exchange(200, group);
      case "PUT" -> updateGroup(group, content);
      default -> removeGroup(path[2]);
    };
  }

  private List<ObjectNode> foundGroups(Map<String, String> query) {
    return page(
        groups.values().stream()
            .filter(group ->
                !query.containsKey("search")
                    || group.path("name").asText().equals(query.get("search")))
            .filter(group -> query.containsKey("populateHierarchy") || !group.has("parentId"))
            .filter(group -> !query.containsKey("q") || hasAttribute(group, query.get("q")))
            .sorted(Comparator.comparing(group -> group.path("name").asText()))
            .toList(),
        query);
  }

  private Exchange createGroup(ObjectNode content) {
    if (content.has("id")) {
      return moveGroup(content.path("id").asText(), Optional.empty());
    }
    String name = content.path("name").asText("");
    Optional<Exchange> refused = refusedGroup(name, "");
    if (refused.isPresent()) {
      return refused.get();
    }
    String id = nextId();
    ObjectNode group = NODES.objectNode().put("id", id).put("name", name).put("path", "/" + name);
    group.set("attributes", content.path("attributes").deepCopy());
    groups.put(id, group);
    return created("groups", id);
  }

  /** An id in a creation means the group that has it. */
  private Exchange moveGroup(String id, Optional<String> parent) {
    ObjectNode group = groups.get(id);
    if (group == null) {
      return error(404, "Could not find child by id");
    }
    String name = group.path("name").asText();
    boolean taken =
        groups.values().stream()
            .anyMatch(other ->
                other != group
                    && other.path("name").asText().equals(name)
                    && other.path("parentId").asText("").equals(parent.orElse("")));
    if (taken) {
      return errorMessage(
          409,
          (parent.isEmpty() ? "Top level" : "Sibling")
              + " group named '"
              + name
              + "' already exists.");
    }
    group.remove("parentId");
    group.put("path", "/" + name);
    parent.ifPresent(above ->
        group
            .put("parentId", above)
            .put("path", groups.get(above).path("path").asText() + "/" + name));
    return exchange(204);
  }

  private Exchange updateGroup(ObjectNode group, ObjectNode content) {
    String name = content.path("name").asText("");
    Optional<Exchange> refused = refusedGroup(name, group.path("id").asText());
    if (refused.isPresent()) {
      return refused.get();
    }
    String path = group.path("path").asText();
    group.put("name", name).put("path", path.substring(0, path.lastIndexOf('/') + 1) + name);
    if (content.has("attributes")) {
      group.set("attributes", content.path("attributes").deepCopy());
    }
    group.remove("description");
    if (content.hasNonNull("description")) {
      group.set("description", content.path("description"));
    }
    return exchange(204);
  }

  private Optional<Exchange> refusedGroup(String name, String own) {
    if (name.length() > TEXT_LIMIT) {
      return Optional.of(fault());
    }
    String parent = own.isEmpty() ? "" : groups.get(own).path("parentId").asText("");
    boolean taken =
        groups.values().stream()
            .anyMatch(other ->
                other.path("name").asText().equals(name)
                    && other.path("parentId").asText("").equals(parent)
                    && !other.path("id").asText().equals(own));
    return taken
        ? Optional.of(
            errorMessage(
                409,
                (own.isEmpty() ? "Top level" : "Sibling")
                    + " group named '"
                    + name
                    + "' already exists."))
        : Optional.empty();
  }

  private Exchange removeGroup(String id) {
    groups.values().stream()
        .filter(child -> child.path("parentId").asText("").equals(id))
        .map(child -> child.path("id").asText())
        .toList()
        .forEach(this::removeGroup);
    groups.remove(id);
    groupsOfUser.values().forEach(joined -> joined.remove(id));
    return exchange(204);
  }

  /** Like a random one in form, but the same in every run. */
  private String nextId() {
    return new UUID(0x1234_5678_9abc_4000L, ++ids).toString();
  }

  private static ObjectNode brief(ObjectNode group) {
    ObjectNode brief = group.deepCopy();
    brief.remove("attributes");
    return brief;
  }

  private static List<ObjectNode> page(List<ObjectNode> all, Map<String, String> query) {
    int first = Integer.parseInt(query.getOrDefault("first", "0"));
    int max = Integer.parseInt(query.getOrDefault("max", "100"));
    return all.stream().skip(first).limit(max).toList();
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] sides = pair.split("=", 2);
      query.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static ObjectNode json(Buffer body) {
    try {
      return JSON.readValue(body.getBytes(), ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exchange created(String collection, String id) {
    return new Exchange(
        201, "http://keycloak/" + collection + "/" + id, Optional.empty(), Buffer.buffer());
  }

  private static Exchange list(Collection<ObjectNode> items) {
    ArrayNode array = NODES.arrayNode();
    new ArrayList<>(items).forEach(array::add);
    return exchange(200, array);
  }

  private static Exchange error(int status, String error) {
    return exchange(status, NODES.objectNode().put("error", error));
  }

  private static Exchange errorMessage(int status, String message) {
    return exchange(status, NODES.objectNode().put("errorMessage", message));
  }

  private static Exchange fieldError(String field, String message, int... bounds) {
    ObjectNode error = NODES.objectNode().put("field", field).put("errorMessage", message);
    ArrayNode parameters = error.putArray("params").add(field);
    IntStream.of(bounds).forEach(parameters::add);
    return exchange(400, error);
  }

  private static Exchange fault() {
    return exchange(
        500,
        NODES
            .objectNode()
            .put("error", "unknown_error")
            .put("error_description", "For more on this error consult the server log."));
  }

  static Exchange exchange(int status) {
    return new Exchange(status, "", Optional.empty(), Buffer.buffer());
  }

  static Exchange exchange(int status, JsonNode body) {
    return new Exchange(status, "", Optional.empty(), Buffer.buffer(body.toString()));
  }
}
