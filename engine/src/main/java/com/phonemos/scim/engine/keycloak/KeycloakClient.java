package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.KeycloakCalls.encode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.keycloak.KeycloakCalls.Answer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A realm behind Keycloak's Admin REST API (observed with 26.7). */
final class KeycloakClient implements KeycloakRealm {
  private final KeycloakCalls calls;
  private final RealmPrivileges privileges;

  KeycloakClient(KeycloakCalls calls) {
    this.calls = calls;
    this.privileges = new RealmPrivileges(calls);
  }

  @Override
  public Future<String> createUser(ObjectNode representation) {
    return calls.post("/users", Optional.of(representation)).compose(KeycloakClient::createdId);
  }

  @Override
  public Future<Optional<ObjectNode>> user(String id) {
    return calls.find("/users/" + encode(id));
  }

  @Override
  public Future<Optional<ObjectNode>> userNamed(String userName) {
    return usersBy("exact=true&username=" + encode(userName)).map(KeycloakClient::first);
  }

  @Override
  public Future<Optional<ObjectNode>> userWithEmail(String email) {
    return usersBy("exact=true&email=" + encode(email)).map(KeycloakClient::first);
  }

  @Override
  public Future<List<ObjectNode>> users(int first, int max) {
    return usersBy("first=" + first + "&max=" + max);
  }

  @Override
  public Future<List<ObjectNode>> usersWithScimId(UUID scimId) {
    return usersBy("q=" + encode(KeycloakMapping.SCIM_ID + ":" + scimId))
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
        .compose(ended -> calls.list(user + "/consents"))
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

  @Override
  public Future<Boolean> isAdministrator(String userId) {
    return privileges.isAdministrator(userId);
  }

  @Override
  public Future<String> createGroup(ObjectNode representation) {
    return calls.post("/groups", Optional.of(representation)).compose(KeycloakClient::createdId);
  }

  @Override
  public Future<Optional<ObjectNode>> group(String id) {
    return calls.find("/groups/" + encode(id));
  }

  @Override
  public Future<Optional<ObjectNode>> groupNamed(String name) {
    return groupsBy("exact=true&search=" + encode(name))
        .map(found ->
            found.stream().filter(group -> group.path("name").asText("").equals(name)).findFirst());
  }

  @Override
  public Future<List<ObjectNode>> groups(int first, int max) {
    return calls.list("/groups?briefRepresentation=false&first=" + first + "&max=" + max);
  }

  @Override
  public Future<List<ObjectNode>> children(String groupId) {
    return calls.list(
        "/groups/" + encode(groupId) + "/children?briefRepresentation=true&first=0&max=1000");
  }

  @Override
  public Future<List<ObjectNode>> groupsWithScimId(UUID scimId) {
    return groupsBy("q=" + encode(KeycloakMapping.SCIM_ID + ":" + scimId))
        .map(found -> ofScimId(scimId, found));
  }

  @Override
  public Future<Void> updateGroup(String id, ObjectNode representation) {
    return calls.put("/groups/" + encode(id), Optional.of(representation)).mapEmpty();
  }

  @Override
  public Future<Void> moveGroup(String id, String name) {
    ObjectNode group = JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
    return calls.post("/groups", Optional.of(group)).mapEmpty();
  }

  @Override
  public Future<Void> deleteGroup(String id) {
    return calls
        .delete("/groups/" + encode(id))
        .<Void>mapEmpty()
        .recover(cause -> removed(() -> group(id), cause));
  }

  @Override
  public Future<Boolean> givesRoles(String groupId) {
    return privileges.givesRoles(groupId);
  }

  @Override
  public Future<List<ObjectNode>> groupsOf(String userId) {
    return calls.list(
        "/users/" + encode(userId) + "/groups?briefRepresentation=true&first=0&max=1000");
  }

  @Override
  public Future<List<ObjectNode>> members(String groupId, int first, int max) {
    return calls.list(
        "/groups/"
            + encode(groupId)
            + "/members?briefRepresentation=true&first="
            + first
            + "&max="
            + max);
  }

  /** Of several at once some are answered 409, and have done it; but not every 409 says so. */
  @Override
  public Future<Void> join(String userId, String groupId) {
    return calls
        .put(membership(userId, groupId), Optional.empty())
        .<Void>mapEmpty()
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Conflict
                ? groupsOf(userId)
                    .compose(groups ->
                        groups.stream().map(KeycloakMapping::id).anyMatch(groupId::equals)
                            ? Future.succeededFuture()
                            : Future.failedFuture(cause))
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

  private Future<List<ObjectNode>> usersBy(String query) {
    return calls.list("/users?briefRepresentation=false&" + query);
  }

  /** Hits in the tree are answered themselves, not their top-level parents; only those stay. */
  private Future<List<ObjectNode>> groupsBy(String query) {
    return calls
        .list("/groups?briefRepresentation=false&populateHierarchy=false&" + query)
        .map(found -> found.stream().filter(group -> !group.hasNonNull("parentId")).toList());
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
        ? Future.failedFuture(KeycloakCalls.senseless("the location of what was created"))
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

  private static String membership(String userId, String groupId) {
    return "/users/" + encode(userId) + "/groups/" + encode(groupId);
  }
}
