package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.KeycloakCalls.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.keycloak.KeycloakCalls.Answer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A realm behind Keycloak's Admin REST API (observed with 26.7). */
final class KeycloakClient implements KeycloakRealm {
  /** Holds the roles by which a realm is administered. */
  private static final String ADMIN_CLIENT = "realm-management";

  private final KeycloakCalls calls;
  private Optional<String> adminClientId = Optional.empty();

  KeycloakClient(KeycloakCalls calls) {
    this.calls = calls;
  }

  @Override
  public Future<String> createUser(ObjectNode representation) {
    return calls.post("/users", Optional.of(representation)).compose(KeycloakClient::createdId);
  }

  @Override
  public Future<Optional<ObjectNode>> user(String id) {
    return optional(calls.get("/users/" + encode(id)));
  }

  @Override
  public Future<Optional<ObjectNode>> userNamed(String userName) {
    return users("exact=true&username=" + encode(userName)).map(KeycloakClient::first);
  }

  @Override
  public Future<Optional<ObjectNode>> userWithEmail(String email) {
    return users("exact=true&email=" + encode(email)).map(KeycloakClient::first);
  }

  @Override
  public Future<List<ObjectNode>> usersWithScimId(UUID scimId) {
    return users("q=" + encode(KeycloakMapping.SCIM_ID + ":" + scimId))
        .map(found -> ofScimId(scimId, found));
  }

  @Override
  public Future<Void> updateUser(String id, ObjectNode representation) {
    return calls.put("/users/" + encode(id), Optional.of(representation)).mapEmpty();
  }

  /**
   * The log-out alone refuses offline tokens by their age in whole seconds, so that one of the same
   * second would survive; taking back what was consented removes them themselves.
   */
  @Override
  public Future<Void> logOut(String id) {
    String user = "/users/" + encode(id);
    return calls
        .post(user + "/logout", Optional.empty())
        .compose(ended -> list(user + "/consents"))
        .compose(consents -> {
          Future<Void> revoked = Future.succeededFuture();
          for (ObjectNode consent : consents) {
            String client = consent.path("clientId").asText("");
            revoked = revoked.compose(before -> revoke(user, client));
          }
          return revoked;
        });
  }

  /** Of two removals at once one is answered 500: what counts is that nobody is left. */
  @Override
  public Future<Void> deleteUser(String id) {
    return calls
        .delete("/users/" + encode(id))
        .<Void>mapEmpty()
        .recover(cause -> removed(() -> user(id), cause));
  }

  /**
   * Needs the role {@code view-clients}: without it Keycloak hides from us who holds which role of
   * a client. In a realm without {@code realm-management}, which is the one that administers all
   * others, everybody counts as an administrator.
   */
  @Override
  public Future<Boolean> isAdministrator(String userId) {
    return adminClient()
        .compose(client ->
            client.isEmpty()
                ? Future.succeededFuture(true)
                : calls
                    .get(
                        "/users/"
                            + encode(userId)
                            + "/role-mappings/clients/"
                            + client.get()
                            + "/composite")
                    .map(answer -> !answer.body().isEmpty()));
  }

  @Override
  public Future<String> createGroup(ObjectNode representation) {
    return calls.post("/groups", Optional.of(representation)).compose(KeycloakClient::createdId);
  }

  @Override
  public Future<Optional<ObjectNode>> group(String id) {
    return optional(calls.get("/groups/" + encode(id)));
  }

  @Override
  public Future<Optional<ObjectNode>> groupNamed(String name) {
    return groups("exact=true&search=" + encode(name))
        .map(found ->
            found.stream().filter(group -> group.path("name").asText("").equals(name)).findFirst());
  }

  @Override
  public Future<List<ObjectNode>> groupsWithScimId(UUID scimId) {
    return groups("q=" + encode(KeycloakMapping.SCIM_ID + ":" + scimId))
        .map(found -> ofScimId(scimId, found));
  }

  @Override
  public Future<Void> updateGroup(String id, ObjectNode representation) {
    return calls.put("/groups/" + encode(id), Optional.of(representation)).mapEmpty();
  }

  @Override
  public Future<Void> deleteGroup(String id) {
    return calls
        .delete("/groups/" + encode(id))
        .<Void>mapEmpty()
        .recover(cause -> removed(() -> group(id), cause));
  }

  /** Like {@link #isAdministrator}, Keycloak hides roles of clients without the same role. */
  @Override
  public Future<Boolean> givesRoles(String groupId) {
    return adminClient()
        .compose(client -> group(groupId))
        .map(group -> group.map(KeycloakMapping::hasRoles).orElse(false));
  }

  @Override
  public Future<List<ObjectNode>> groupsOf(String userId) {
    return list("/users/" + encode(userId) + "/groups?briefRepresentation=true&first=0&max=1000");
  }

  @Override
  public Future<List<ObjectNode>> members(String groupId, int first, int max) {
    return list(
        "/groups/"
            + encode(groupId)
            + "/members?briefRepresentation=true&first="
            + first
            + "&max="
            + max);
  }

  /** Several at once are answered 409, and are members then. */
  @Override
  public Future<Void> join(String userId, String groupId) {
    return calls
        .put(membership(userId, groupId), Optional.empty())
        .<Void>mapEmpty()
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Conflict
                ? Future.succeededFuture()
                : Future.failedFuture(cause));
  }

  @Override
  public Future<Void> leave(String userId, String groupId) {
    return calls
        .delete(membership(userId, groupId))
        .<Void>mapEmpty()
        .recover(cause ->
            Problem.of(cause) instanceof Problem.NotFound
                ? Future.succeededFuture()
                : Future.failedFuture(cause));
  }

  private Future<Void> revoke(String user, String client) {
    return calls
        .delete(user + "/consents/" + encode(client))
        .<Void>mapEmpty()
        .recover(cause ->
            Problem.of(cause) instanceof Problem.NotFound
                ? Future.succeededFuture()
                : Future.failedFuture(cause));
  }

  private Future<List<ObjectNode>> users(String query) {
    return list("/users?briefRepresentation=false&" + query);
  }

  /** Hits in the tree are answered themselves, not their top-level parents; only those stay. */
  private Future<List<ObjectNode>> groups(String query) {
    return list("/groups?briefRepresentation=false&populateHierarchy=false&" + query)
        .map(found -> found.stream().filter(group -> !group.hasNonNull("parentId")).toList());
  }

  private Future<Optional<String>> adminClient() {
    if (adminClientId.isPresent()) {
      return Future.succeededFuture(adminClientId);
    }
    return list("/clients?clientId=" + ADMIN_CLIENT)
        .map(found -> {
          adminClientId = first(found).map(KeycloakMapping::id);
          return adminClientId;
        })
        .recover(KeycloakClient::explainMissingRole);
  }

  private static Future<Optional<String>> explainMissingRole(Throwable cause) {
    if (Problem.of(cause) instanceof Problem.Unavailable unavailable
        && unavailable.scope() == Problem.Scope.REALM) {
      return Future.failedFuture(
          new KeycloakException(
              new Problem.Failed(
                  "Expected to see whether this existing account or group is privileged before"
                      + " taking it over, but the service account lacks the role view-clients of"
                      + " "
                      + ADMIN_CLIENT)));
    }
    return Future.failedFuture(cause);
  }

  private Future<List<ObjectNode>> list(String path) {
    return calls
        .get(path)
        .compose(answer -> {
          if (!answer.body().isArray()) {
            return Future.failedFuture(senseless("a list"));
          }
          List<ObjectNode> found = new ArrayList<>();
          for (JsonNode item : answer.body()) {
            if (item instanceof ObjectNode representation) {
              found.add(representation);
            }
          }
          return Future.succeededFuture(found);
        });
  }

  private static Future<Optional<ObjectNode>> optional(Future<Answer> answer) {
    return answer.transform(read -> {
      if (read.succeeded()) {
        return read.result().body() instanceof ObjectNode representation
            ? Future.succeededFuture(Optional.of(representation))
            : Future.failedFuture(senseless("a representation"));
      }
      return Problem.of(read.cause()) instanceof Problem.NotFound
          ? Future.succeededFuture(Optional.empty())
          : Future.failedFuture(read.cause());
    });
  }

  private static Future<Void> removed(
      Supplier<Future<Optional<ObjectNode>>> look, Throwable cause) {
    Problem problem = Problem.of(cause);
    if (problem instanceof Problem.NotFound) {
      return Future.succeededFuture();
    }
    return problem instanceof Problem.Failed
        ? look.get()
            .compose(
                found -> found.isEmpty() ? Future.succeededFuture() : Future.failedFuture(cause))
        : Future.failedFuture(cause);
  }

  private static Future<String> createdId(Answer answer) {
    String id = answer.location().substring(answer.location().lastIndexOf('/') + 1);
    return id.isEmpty()
        ? Future.failedFuture(senseless("the location of what was created"))
        : Future.succeededFuture(id);
  }

  private static List<ObjectNode> ofScimId(UUID scimId, List<ObjectNode> found) {
    return found.stream()
        .filter(item -> KeycloakMapping.scimId(item).equals(Optional.of(scimId)))
        .toList();
  }

  private static Optional<ObjectNode> first(List<ObjectNode> found) {
    return found.stream().findFirst();
  }

  private static KeycloakException senseless(String expected) {
    return new KeycloakException(
        new Problem.Failed("Expected " + expected + " from Keycloak, but it sent something else"));
  }

  private static String membership(String userId, String groupId) {
    return "/users/" + encode(userId) + "/groups/" + encode(groupId);
  }
}
