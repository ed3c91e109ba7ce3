package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The push against a real Keycloak and a real PostgreSQL. */
final class KeycloakPushIT {
  private static final AtomicInteger REALMS = new AtomicInteger();
  private static final String PASSWORD = "correct horse battery";

  private final PushWorld world = new PushWorld();
  private TestRealm realm;
  private TenantRows tenant;

  @BeforeEach
  void prepareRealm() {
    realm = KeycloakServer.shared().createRealm("push-" + REALMS.incrementAndGet());
    tenant = world.tenant("acme", target(realm));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void usersGroupsAndMembershipsAppearAsTheyAreWanted() {
    // Given
    UUID alice = tenant.createUser("Alice");
    UUID bob = tenant.createUser("bob");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    tenant.addMember(staff, bob);
    // When
    converge();
    // Then
    ObjectNode account = realm.user("alice@example.com").orElseThrow();
    assertThat(account.path("email").textValue()).isEqualTo("alice@example.com");
    assertThat(account.path("emailVerified").booleanValue()).isTrue();
    assertThat(account.path("enabled").booleanValue()).isTrue();
    assertThat(account.path("firstName").textValue()).isEqualTo("Given Alice");
    assertThat(account.path("lastName").textValue()).isEqualTo("Family");
    assertThat(account.at("/attributes/scimId/0").textValue()).isEqualTo(alice.toString());
    assertThat(account.at("/attributes/externalId/0").textValue()).isEqualTo("ext-Alice");
    assertThat(account.at("/attributes/displayName/0").textValue()).isEqualTo("The Alice");
    assertThat(realm.memberNames("Staff"))
        .containsExactlyInAnyOrder("alice@example.com", "bob@example.com");
  }

  @Test
  void aChangeKeepsWhatIsNotOurs() {
    // Given
    UUID alice = tenant.createUser("alice");
    converge();
    String id = TestRealm.id(realm.user("alice@example.com").orElseThrow());
    realm.update(
        "/users/" + id,
        Map.of(
            "username", "alice@example.com",
            "email", "alice@example.com",
            "firstName", "By hand",
            "lastName", "Family",
            "attributes", Map.of("badge", List.of("42"), "scimId", List.of(alice.toString()))));
    // When
    tenant.putUser(alice, "alicia", true, 2);
    world.awaitSettled(tenant);
    // Then
    ObjectNode account = realm.userById(id).orElseThrow();
    assertThat(account.path("username").textValue()).isEqualTo("alicia@example.com");
    assertThat(account.path("firstName").textValue()).isEqualTo("Given alicia");
    assertThat(account.at("/attributes/badge/0").textValue()).isEqualTo("42");
  }

  @Test
  void removedMembershipsUsersAndGroupsDisappear() {
    // Given
    UUID alice = tenant.createUser("alice");
    UUID bob = tenant.createUser("bob");
    UUID staff = tenant.createGroup("Staff");
    UUID board = tenant.createGroup("Board");
    tenant.addMember(staff, alice);
    tenant.addMember(staff, bob);
    tenant.addMember(board, alice);
    converge();
    // When
    tenant.removeMember(staff, alice);
    tenant.deleteUser(bob);
    tenant.deleteGroup(board);
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.memberNames("Staff")).isEmpty();
    assertThat(realm.group("Board")).isEmpty();
    assertThat(realm.user("bob@example.com")).isEmpty();
    assertThat(realm.user("alice@example.com")).isPresent();
    assertThat(tenant.number("SELECT count(*) FROM keycloak_link WHERE tenant_id = ?"))
        .isEqualTo(2);
  }

  @Test
  void aRenamedGroupKeepsItsIdentityAndItsDescription() {
    // Given
    UUID staff = tenant.createGroup("Staff");
    converge();
    String id = TestRealm.id(realm.group("Staff").orElseThrow());
    realm.update("/groups/" + id, Map.of("name", "Staff", "description", "All of us"));
    // When
    tenant.putGroup(staff, "Everybody");
    world.awaitSettled(tenant);
    // Then
    ObjectNode group = realm.group("Everybody").orElseThrow();
    assertThat(TestRealm.id(group)).isEqualTo(id);
    assertThat(group.path("description").textValue()).isEqualTo("All of us");
  }

  @Test
  void deactivationEndsTheLoginSessionForGood() {
    // Given
    UUID alice = tenant.createUser("alice");
    converge();
    String id = TestRealm.id(realm.user("alice@example.com").orElseThrow());
    realm.setPassword(id, PASSWORD);
    TestRealm.Session session = realm.logIn("alice@example.com", PASSWORD).orElseThrow();
    TestRealm.Session offline = realm.logInOffline("alice@example.com", PASSWORD).orElseThrow();
    // When
    tenant.deactivate(alice, "alice");
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.refresh(session)).isEmpty();
    assertThat(realm.logIn("alice@example.com", PASSWORD)).isEmpty();
    // When
    tenant.reactivate(alice, "alice");
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.refresh(session)).isEmpty();
    assertThat(realm.refresh(offline)).isEmpty();
    assertThat(realm.logIn("alice@example.com", PASSWORD)).isPresent();
    assertThat(realm.user("alice@example.com").map(TestRealm::id)).hasValue(id);
  }

  @Test
  void sessionsEndAlsoWhenTheAccountIsShutAlready() {
    // Given
    UUID alice = tenant.createUser("alice");
    converge();
    String id = TestRealm.id(realm.user("alice@example.com").orElseThrow());
    realm.setPassword(id, PASSWORD);
    TestRealm.Session session = realm.logIn("alice@example.com", PASSWORD).orElseThrow();
    realm.update("/users/" + id, Map.of("enabled", false));
    // When
    tenant.deactivate(alice, "alice");
    world.awaitSettled(tenant);
    realm.update("/users/" + id, Map.of("enabled", true));
    // Then
    assertThat(realm.refresh(session)).isEmpty();
  }

  @Test
  void aUserWhoseStoredDataKeycloakRefusesIsShutAllTheSame() {
    // Given
    UUID alice = tenant.createUser("alice");
    converge();
    String id = TestRealm.id(realm.user("alice@example.com").orElseThrow());
    // When
    String tooLong = "x".repeat(300);
    tenant.putUserAs(
        alice,
        "alice",
        """
        {"userName": "alice", "active": false, "name": {"givenName": "%s"}}
        """
            .formatted(tooLong),
        false,
        0);
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userById(id).orElseThrow().path("enabled").booleanValue()).isFalse();
    assertThat(tenant.givenUp())
        .singleElement()
        .asString()
        .contains("is disabled", "firstName")
        .doesNotContain(tooLong);
  }

  @Test
  void aUserThatKeycloakRefusesWaitsWithAReasonWhileOthersGoOn() {
    // Given
    UUID poison =
        tenant.createUserAs(
            """
            {"userName": "poison", "emails": [{"value": "not an address", "type": "work"}]}
            """);
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, poison);
    for (int i = 0; i < 20; i++) {
      tenant.addMember(staff, tenant.createUser("user" + i));
    }
    // When
    world.startPush();
    await().untilAsserted(() -> assertThat(realm.memberNames("Staff")).hasSize(20));
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains("email: error-invalid-email");
    // When
    tenant.putUser(poison, "cured", true, 2);
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.memberNames("Staff")).hasSize(21).contains("cured@example.com");
  }

  @Test
  void aUserAndAGroupDeletedByHandComeBackWithTheirMemberships() {
    // Given
    UUID alice = tenant.createUser("alice");
    UUID bob = tenant.createUser("bob");
    UUID staff = tenant.createGroup("Staff");
    UUID board = tenant.createGroup("Board");
    tenant.addMember(staff, alice);
    tenant.addMember(board, alice);
    tenant.addMember(board, bob);
    converge();
    realm.delete("/users/" + TestRealm.id(realm.user("alice@example.com").orElseThrow()));
    realm.delete("/groups/" + TestRealm.id(realm.group("Board").orElseThrow()));
    // When
    tenant.putUser(alice, "alice", true, 2);
    tenant.addMember(board, bob);
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.memberNames("Staff")).containsExactly("alice@example.com");
    assertThat(realm.memberNames("Board"))
        .containsExactlyInAnyOrder("alice@example.com", "bob@example.com");
  }

  @Test
  void anExistingAccountIsAdoptedByItsUserName() {
    // Given
    String id =
        realm.create(
            "/users",
            Map.of(
                "username",
                "alice@example.com",
                "enabled",
                true,
                "attributes",
                Map.of("badge", List.of("42"))));
    UUID alice = tenant.createUser("alice");
    // When
    converge();
    // Then
    ObjectNode account = realm.userById(id).orElseThrow();
    assertThat(account.at("/attributes/scimId/0").textValue()).isEqualTo(alice.toString());
    assertThat(account.at("/attributes/badge/0").textValue()).isEqualTo("42");
    assertThat(account.path("firstName").textValue()).isEqualTo("Given alice");
  }

  @Test
  void anAdministratorsAccountIsNeverTakenOver() {
    // Given
    String id = realm.create("/users", Map.of("username", "alice@example.com", "enabled", true));
    realm.makeAdministrator(id);
    tenant.createUserAs(
        """
        {"userName": "alice@example.com", "active": false}
        """);
    // When
    converge();
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains(id, "administer");
    ObjectNode account = realm.userById(id).orElseThrow();
    assertThat(account.path("enabled").booleanValue()).isTrue();
    assertThat(account.has("attributes")).isFalse();
  }

  @Test
  void whoIsRenamedToAnAdministratorTakesNothingOverAndWaitsWithAReason() {
    // Given
    String id = realm.create("/users", Map.of("username", "root@example.com", "enabled", true));
    realm.makeAdministrator(id);
    UUID alice = tenant.createUser("alice");
    converge();
    String account = realm.user("alice@example.com").orElseThrow().path("id").textValue();
    // When
    tenant.putUser(alice, "root", false, 0);
    converge();
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains("name");
    assertThat(realm.userById(id).orElseThrow().path("enabled").booleanValue()).isTrue();
    assertThat(realm.userById(id).orElseThrow().has("attributes")).isFalse();
    ObjectNode own = realm.userById(account).orElseThrow();
    assertThat(own.path("username").textValue()).isEqualTo("alice@example.com");
    assertThat(own.path("enabled").booleanValue()).isFalse();
  }

  @Test
  void aServiceAccountIsNeverTakenOver() {
    // Given
    tenant.createUserAs(
        """
        {"userName": "service-account-scim-push", "active": false}
        """);
    // When
    converge();
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains("service account");
    assertThat(realm.user("service-account-scim-push").orElseThrow().path("enabled").asBoolean())
        .isTrue();
  }

  @Test
  void anAccountThatOnlySharesTheAddressIsNotTakenOver() {
    // Given
    String id =
        realm.create(
            "/users",
            Map.of("username", "somebody", "email", "alice@example.com", "enabled", true));
    tenant.createUser("alice");
    // When
    converge();
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains(id, "e-mail");
    assertThat(realm.userById(id).orElseThrow().path("username").textValue()).isEqualTo("somebody");
  }

  @Test
  void anExistingGroupIsAdoptedUnlessItGivesRoles() {
    // Given
    String plain = realm.create("/groups", Map.of("name", "Staff", "description", "Old"));
    UUID staff = tenant.createGroup("Staff");
    // When
    converge();
    // Then
    ObjectNode group = realm.group("Staff").orElseThrow();
    assertThat(TestRealm.id(group)).isEqualTo(plain);
    assertThat(group.at("/attributes/scimId/0").textValue()).isEqualTo(staff.toString());
    assertThat(group.path("description").textValue()).isEqualTo("Old");
  }

  @Test
  void aUserNameThatChangesHandsIsGivenOn() {
    // Given
    UUID first = tenant.createUser("alice");
    converge();
    // When
    tenant.putUser(first, "older-alice", true, 2);
    UUID second = tenant.createUser("alice");
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userByScimId(second).orElseThrow().path("username").textValue())
        .isEqualTo("alice@example.com");
    assertThat(realm.userByScimId(first).orElseThrow().path("username").textValue())
        .isEqualTo("older-alice@example.com");
  }

  @Test
  void usersAndGroupsMaySwapTheirNames() {
    // Given
    UUID alice = tenant.createUser("alice");
    UUID bob = tenant.createUser("bob");
    UUID staff = tenant.createGroup("Staff");
    UUID board = tenant.createGroup("Board");
    converge();
    world.stopPush();
    // When
    tenant.putUser(alice, "nobody", true, 2);
    tenant.putUser(bob, "alice", true, 2);
    tenant.putUser(alice, "bob", true, 2);
    tenant.putGroup(staff, "Nothing");
    tenant.putGroup(board, "Staff");
    tenant.putGroup(staff, "Board");
    converge();
    // Then
    assertThat(realm.userByScimId(alice).orElseThrow().path("username").textValue())
        .isEqualTo("bob@example.com");
    assertThat(realm.userByScimId(bob).orElseThrow().path("username").textValue())
        .isEqualTo("alice@example.com");
    assertThat(realm.group("Board").orElseThrow().at("/attributes/scimId/0").textValue())
        .isEqualTo(staff.toString());
    assertThat(realm.group("Staff").orElseThrow().at("/attributes/scimId/0").textValue())
        .isEqualTo(board.toString());
  }

  @Test
  void aRenameAfterACreateThatWasCutShortMakesNoSecondAccount() {
    // Given
    UUID alice = tenant.createUser("alice");
    UUID staff = tenant.createGroup("Staff");
    String account =
        realm.create(
            "/users",
            Map.of(
                "username",
                "alice@example.com",
                "attributes",
                Map.of("scimId", List.of(alice.toString()))));
    String group =
        realm.create(
            "/groups",
            Map.of("name", "Staff", "attributes", Map.of("scimId", List.of(staff.toString()))));
    // When
    tenant.putUser(alice, "alicia", true, 2);
    tenant.putGroup(staff, "Everybody");
    converge();
    // Then
    assertThat(realm.users()).singleElement().extracting(TestRealm::id).isEqualTo(account);
    assertThat(realm.user("alicia@example.com")).isPresent();
    assertThat(realm.groups()).singleElement().extracting(TestRealm::id).isEqualTo(group);
    assertThat(realm.group("Everybody")).isPresent();
  }

  @Test
  void whatHappensWhileKeycloakIsDownArrivesWhenItIsUp() {
    // Given
    try (KeycloakServer own = KeycloakServer.create()) {
      KeycloakTarget later =
          new KeycloakTarget(own.url(), "late", TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET);
      TenantRows waiting = world.tenant("late", later);
      world.startPush();
      UUID staff = waiting.createGroup("Staff");
      for (int i = 0; i < 30; i++) {
        waiting.addMember(staff, waiting.createUser("user" + i));
      }
      UUID alice = tenant.createUser("alice");
      world.awaitSettled(tenant);
      assertThat(realm.userByScimId(alice)).isPresent();
      assertThat(waiting.due()).isEqualTo(61);
      // When
      own.start();
      TestRealm late = own.createRealm("late");
      world.awaitSettled(waiting);
      // Then
      assertThat(late.memberNames("Staff")).hasSize(30);
      assertThat(waiting.givenUp()).isEmpty();
    }
  }

  @Test
  void aKeycloakThatNeverAnswersHoldsUpNobodyElse() throws Exception {
    // Given
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TenantRows hung =
          world.tenant(
              "hung",
              new KeycloakTarget("http://127.0.0.1:" + silent.getLocalPort(), "hung", "scim", "-"));
      hung.createUser("bob");
      UUID alice = tenant.createUser("alice");
      // When
      converge();
      // Then
      assertThat(realm.userByScimId(alice)).isPresent();
      assertThat(hung.due()).isOne();
    }
  }

  private void converge() {
    world.startPush();
    world.awaitSettled(tenant);
  }

  private static KeycloakTarget target(TestRealm realm) {
    return new KeycloakTarget(
        realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET);
  }
}
