package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The model of Keycloak answers what Keycloak answers: one script, both realms, same transcript.
 */
final class KeycloakModelIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";
  private static final UUID MARK = new UUID(7, 7);

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void theModelAnswersLikeKeycloak() {
    // Given
    TestRealm realm = KeycloakServer.shared().createRealm("model");
    // When
    List<String> real = new Script(calls(new KeycloakHttp(VERTX), realm.url())).play();
    List<String> model = new Script(calls(new KeycloakModel(), "http://model")).play();
    // Then
    assertThat(model).isEqualTo(real);
  }

  private static KeycloakCalls calls(KeycloakTransport transport, String url) {
    KeycloakGate gate =
        new KeycloakGate(
            new CircuitBreaker(System::nanoTime, Duration.ofSeconds(10)),
            new AdaptiveLimit(System::nanoTime, 8));
    return new KeycloakCalls(
        transport,
        new KeycloakTarget(url, "model", TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET),
        gate,
        new CircuitBreaker(System::nanoTime, Duration.ofSeconds(10)),
        System::nanoTime,
        PushRecorder.NONE);
  }

  /** Plays everything that the push does, and writes down what came back. */
  private static final class Script {
    private final KeycloakCalls calls;
    private final KeycloakRealm realm;
    private final List<String> transcript = new ArrayList<>();
    private final Map<String, String> names = new TreeMap<>();

    Script(KeycloakCalls calls) {
      this.calls = calls;
      this.realm = new KeycloakClient(calls);
    }

    List<String> play() {
      String ann = id("ann", realm.createUser(user("Ann", "ann@example.com")));
      String bob = id("bob", realm.createUser(user("bob", "bob@example.com")));
      users(ann, bob);
      String staff = id("staff", realm.createGroup(group("Staff")));
      String board = id("board", realm.createGroup(group("Board")));
      groups(staff, board);
      memberships(ann, bob, staff);
      removals(ann, staff);
      return transcript;
    }

    private void users(String ann, String bob) {
      id("same name", realm.createUser(user("ANN", "other@example.com")));
      id("same address", realm.createUser(user("other", "Ann@example.com")));
      id("no address", realm.createUser(user("broken", "no address")));
      id(
          "long name",
          realm.createUser(user("long", "l@example.com").put("firstName", "x".repeat(300))));
      id("unknown group", realm.createUser(withGroup("ghost", "/None")));
      tell("get", realm.user(ann));
      tell("get nobody", realm.user(NOWHERE));
      tell("named", realm.userNamed("ANN"));
      tell("named nobody", realm.userNamed("an"));
      tell("addressed", realm.userWithEmail("ANN@example.com"));
      tell("marked", realm.usersWithScimId(MARK));
      tell("shut", realm.updateUser(ann, KeycloakUser.shut()));
      tell("after shut", realm.user(ann));
      tell("replace", realm.updateUser(ann, user("ann", "ann@example.com").put("lastName", "B")));
      tell("after replace", realm.user(ann));
      tell("take name", realm.updateUser(ann, user("bob", "ann@example.com")));
      tell("take address", realm.updateUser(ann, user("ann", "bob@example.com")));
      tell("update nobody", realm.updateUser(NOWHERE, KeycloakUser.shut()));
      tell("all users", realm.users(0, 10));
      tell("second user", realm.users(1, 1));
      tell("log out", realm.logOut(bob));
      tell("log out nobody", realm.logOut(NOWHERE));
      tell("administrator", realm.isAdministrator(bob));
    }

    private void groups(String staff, String board) {
      id("same group", realm.createGroup(group("Staff")));
      id("other case", realm.createGroup(group("staff")));
      id("long group", realm.createGroup(group("x".repeat(256))));
      tell("group", realm.group(staff));
      tell("no group", realm.group(NOWHERE));
      tell("group named", realm.groupNamed("Staff"));
      tell("no group named", realm.groupNamed("Staf"));
      tell("groups marked", realm.groupsWithScimId(MARK));
      tell("rename", realm.updateGroup(board, group("Council").put("description", "Old")));
      tell("after rename", realm.group(board));
      tell("rename to taken", realm.updateGroup(board, group("Staff")));
      tell("update", realm.updateGroup(board, group("Council")));
      tell("after update", realm.group(board));
      tell("roles", realm.givesRoles(board));
      tell("all groups", realm.groups(0, 10));
      tell("put below", putBelow(staff, board));
      tell("top level", realm.groups(0, 10));
      tell("children", realm.children(board));
      tell("below", realm.group(staff));
      tell("named below", realm.groupNamed("Staff"));
      tell("rename below", realm.updateGroup(staff, group("Crew")));
      tell("renamed below", realm.group(staff));
      tell("move to top", realm.moveGroup(staff, "Crew"));
      tell("at top", realm.group(staff));
      tell("rename back", realm.updateGroup(staff, group("Staff")));
      tell("move nothing", realm.moveGroup(NOWHERE, "None"));
    }

    /** What an administrator does; the push never does. */
    private Future<Void> putBelow(String group, String parent) {
      ObjectNode child =
          JsonNodeFactory.instance.objectNode().put("id", group).put("name", "Staff");
      return calls.post("/groups/" + parent + "/children", Optional.of(child)).mapEmpty();
    }

    private void memberships(String ann, String bob, String staff) {
      tell("join", realm.join(ann, staff));
      tell("join again", realm.join(ann, staff));
      tell("join nothing", realm.join(ann, NOWHERE));
      tell("nobody joins", realm.join(NOWHERE, staff));
      String cem = id("cem", realm.createUser(withGroup("cem", "/Staff")));
      tell("groups of", realm.groupsOf(cem));
      tell("members", realm.members(staff, 0, 10).map(Script::byName));
      tell("leave", realm.leave(bob, staff));
      tell("leave again", realm.leave(ann, staff));
      tell("leave nothing", realm.leave(ann, NOWHERE));
      tell("nobody leaves", realm.leave(NOWHERE, staff));
      tell("members left", realm.members(staff, 0, 10));
    }

    private void removals(String ann, String staff) {
      tell("delete group", realm.deleteGroup(staff));
      tell("delete group again", realm.deleteGroup(staff));
      tell("delete", realm.deleteUser(ann));
      tell("delete again", realm.deleteUser(ann));
    }

    private String id(String what, Future<String> created) {
      String id = created.otherwise("").toCompletionStage().toCompletableFuture().join();
      if (!id.isEmpty()) {
        names.put(id, what);
      }
      tell(what, created);
      return id;
    }

    private void tell(String what, Future<?> call) {
      String said =
          call.<Object>map(answer -> answer == null ? "done" : answer)
              .map(Script::shown)
              .recover(cause -> Future.succeededFuture(Problem.of(cause).toString()))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      for (Map.Entry<String, String> name : names.entrySet()) {
        said = said.replace(name.getKey(), "<" + name.getValue() + ">");
      }
      transcript.add(what + ": " + said);
    }

    private static String shown(Object answer) {
      return switch (answer) {
        case Optional<?> found -> found.map(Script::shown).orElse("nothing");
        case List<?> list -> list.stream().map(Script::shown).toList().toString();
        case ObjectNode representation -> managed(representation).toString();
        default -> answer.toString();
      };
    }

    private static List<ObjectNode> byName(List<ObjectNode> users) {
      return users.stream()
          .sorted(java.util.Comparator.comparing(user -> user.path("username").asText()))
          .toList();
    }

    /** What the push reads, in one order. */
    private static Map<String, JsonNode> managed(ObjectNode representation) {
      Map<String, JsonNode> fields = new TreeMap<>();
      for (String field :
          List.of(
              "id",
              "username",
              "email",
              "emailVerified",
              "firstName",
              "lastName",
              "enabled",
              "name",
              "description",
              "path",
              "parentId")) {
        if (representation.hasNonNull(field)) {
          fields.put(field, representation.path(field));
        }
      }
      return fields;
    }

    private static ObjectNode user(String name, String email) {
      ObjectNode user = JsonNodeFactory.instance.objectNode();
      user.put("username", name).put("email", email).put("enabled", true);
      user.put("emailVerified", true).put("firstName", "F");
      user.putObject("attributes").putArray("scimId").add(MARK.toString());
      return user;
    }

    private static ObjectNode withGroup(String name, String path) {
      ObjectNode user = user(name, name + "@example.com");
      user.putArray("groups").add(path);
      return user;
    }

    private static ObjectNode group(String name) {
      ObjectNode group = JsonNodeFactory.instance.objectNode();
      group.put("name", name);
      group.putObject("attributes").putArray("scimId").add(MARK.toString());
      return group;
    }
  }
}
