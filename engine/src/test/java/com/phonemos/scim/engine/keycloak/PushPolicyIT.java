package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.PushWorld.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Erasures;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant's policies, the guard and operators decide, on a real Keycloak. */
final class PushPolicyIT {
  private static final AtomicInteger REALMS = new AtomicInteger();
  private static final int PEOPLE = 40;
  private static final int LEAVING = 24;
  private static final int THRESHOLD = 20;

  private final PushWorld world = new PushWorld();
  private TestRealm realm;
  private TenantRows tenant;

  @BeforeEach
  void prepareRealm() {
    realm = KeycloakServer.shared().createRealm("policy-" + REALMS.incrementAndGet());
    tenant =
        world.tenant(
            "acme",
            new KeycloakTarget(
                realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void massDeactivationStopsAtTheThresholdUntilItIsReleased() {
    // Given
    List<UUID> people = people();
    // When
    deactivate(people.subList(0, LEAVING));
    // Then
    assertThat(disabled()).isEqualTo(THRESHOLD);
    assertThat(get(guard().list(tenant.tenant(), 100)))
        .hasSize(LEAVING - THRESHOLD)
        .allSatisfy(held -> assertThat(held.userName()).isPresent());
    assertThat(tenant.givenUp())
        .hasSize(LEAVING - THRESHOLD)
        .allSatisfy(reason -> assertThat(reason).contains("guard"));
    // When
    UUID newcomer = tenant.createUser("newcomer");
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userByScimId(newcomer)).isPresent();
    // When
    get(new DueList(world.database()).retry(tenant.tenant()));
    world.awaitSettled(tenant);
    // Then
    assertThat(disabled()).isEqualTo(THRESHOLD);
    // When
    int released = get(guard().release(tenant.tenant(), Optional.empty()));
    world.awaitSettled(tenant);
    // Then
    assertThat(released).isEqualTo(LEAVING - THRESHOLD);
    assertThat(disabled()).isEqualTo(LEAVING);
    assertThat(tenant.givenUp()).isEmpty();
  }

  @Test
  void whatIsRejectedKeepsItsAccessAlsoWhenItIsCompared() {
    // Given
    List<UUID> people = people();
    deactivate(people.subList(0, THRESHOLD));
    UUID deactivated = people.get(THRESHOLD);
    tenant.deactivate(deactivated, "person" + THRESHOLD);
    UUID deleted = people.get(THRESHOLD + 1);
    tenant.deleteUser(deleted);
    world.awaitSettled(tenant);
    // When
    int rejected = get(guard().reject(tenant.tenant(), Optional.empty()));
    tenant.execute(
        """
        INSERT INTO due (tenant_id, kind, id, group_id, priority, cause, marked_at, due_at)
        VALUES (?, 'USER', ?, '00000000-0000-0000-0000-000000000000', 2, 'reconcile', now(), now())
        """,
        tenant.tenant().value(),
        deactivated);
    world.awaitSettled(tenant);
    // Then
    assertThat(rejected).isEqualTo(2);
    assertThat(disabled()).isEqualTo(THRESHOLD);
    assertThat(realm.userByScimId(deactivated).orElseThrow().path("enabled").asBoolean()).isTrue();
    assertThat(realm.userByScimId(deleted).orElseThrow().path("enabled").asBoolean()).isTrue();
    assertThat(tenant.givenUp()).isEmpty();
    // When
    UUID again = tenant.createUser("person" + (THRESHOLD + 1));
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userByScimId(again)).isPresent();
  }

  @Test
  void aDeletedUserIsKeptDisabledAndOutOfItsGroupsWhereThePolicySaysSo() {
    // Given
    decide("deletion", "disable");
    UUID alice = tenant.createUser("alice");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    converge();
    String id = TestRealm.id(realm.userByScimId(alice).orElseThrow());
    // When
    tenant.deleteUser(alice);
    world.awaitSettled(tenant);
    // Then
    ObjectNode account = realm.userById(id).orElseThrow();
    assertThat(account.path("enabled").booleanValue()).isFalse();
    assertThat(account.path("username").textValue()).isEqualTo("alice@example.com");
    assertThat(realm.memberNames("Staff")).isEmpty();
    // When
    tenant.createUser("alice");
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userById(id).orElseThrow().path("enabled").booleanValue()).isTrue();
  }

  @Test
  void nothingPersonalIsLeftOfAnAnonymisedUser() {
    // Given
    UUID alice = tenant.createUser("alice");
    tenant.execute(
        """
        INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                             resource_id, after)
        VALUES (?, 0, now(), ?, 'r', 'create', 'User', ?, '{"userName": "alice"}')
        """,
        tenant.tenant().value(),
        alice,
        alice);
    converge();
    String id = TestRealm.id(realm.userByScimId(alice).orElseThrow());
    // When
    boolean erased = get(new Erasures(world.database()).erase(tenant.tenant(), alice));
    world.awaitSettled(tenant);
    // Then
    assertThat(erased).isTrue();
    ObjectNode account = realm.userById(id).orElseThrow();
    assertThat(account.toString()).doesNotContainIgnoringCase("alice");
    assertThat(account.path("enabled").booleanValue()).isFalse();
    assertThat(account.path("username").textValue()).isEqualTo("deleted-" + alice);
    assertThat(tenant.texts("SELECT after::text FROM journal WHERE tenant_id = ?").toString())
        .contains("userName")
        .doesNotContainIgnoringCase("alice");
    assertThat(tenant.number("SELECT count(*) FROM scim_user WHERE tenant_id = ?")).isZero();
  }

  @Test
  void noAccountIsTakenForItsUserNameAloneWhenItsAddressIsAnother() {
    // Given
    String id =
        realm.create(
            "/users",
            Map.of("username", "alice@example.com", "email", "boss@example.com", "enabled", true));
    tenant.createUser("alice");
    // When
    converge();
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains("Conflict", id, "e-mail");
    assertThat(realm.userById(id).orElseThrow().path("email").textValue())
        .isEqualTo("boss@example.com");
  }

  @Test
  void anAccountIsTakenByItsAddressOnlyWhereThePolicySaysSoAndItIsVerified() {
    // Given
    decide("adoption", "verified-email");
    String verified =
        realm.create(
            "/users",
            Map.of(
                "username",
                "old-alice",
                "email",
                "alice@example.com",
                "emailVerified",
                true,
                "enabled",
                true));
    String unverified =
        realm.create(
            "/users", Map.of("username", "mallory", "email", "bob@example.com", "enabled", true));
    UUID alice = tenant.createUser("alice");
    tenant.createUser("bob");
    // When
    converge();
    // Then
    assertThat(realm.userByScimId(alice).map(TestRealm::id)).hasValue(verified);
    assertThat(tenant.givenUp()).singleElement().asString().contains(unverified, "verified");
    assertThat(realm.userById(unverified).orElseThrow().path("username").textValue())
        .isEqualTo("mallory");
  }

  @Test
  void anOperatorLinksWhatNoPolicyAdopts() {
    // Given
    decide("adoption", "never");
    String id = realm.create("/users", Map.of("username", "alice@example.com", "enabled", true));
    UUID alice = tenant.createUser("alice");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    world.startPush();
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> assertThat(tenant.givenUp()).singleElement().asString().contains("Conflict", id));
    // When
    boolean linked =
        get(new KeycloakLinks(world.database()).linkByHand(tenant.tenant(), alice, id));
    world.awaitSettled(tenant);
    // Then
    assertThat(linked).isTrue();
    assertThat(realm.userByScimId(alice).map(TestRealm::id)).hasValue(id);
    assertThat(realm.memberNames("Staff")).containsExactly("alice@example.com");
    // When
    UUID bob = tenant.createUser("bob");
    boolean stolen = get(new KeycloakLinks(world.database()).linkByHand(tenant.tenant(), bob, id));
    // Then
    assertThat(stolen).isFalse();
  }

  @Test
  void whoBecameAnAdministratorIsNeitherChangedNorShutNorRemoved() {
    // Given
    UUID alice = tenant.createUser("alice");
    converge();
    String id = TestRealm.id(realm.userByScimId(alice).orElseThrow());
    realm.makeAdministrator(id);
    // When
    tenant.deactivate(alice, "alice");
    world.awaitSettled(tenant);
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains(id, "administer");
    assertThat(realm.userById(id).orElseThrow().path("enabled").booleanValue()).isTrue();
    // When
    tenant.deleteUser(alice);
    world.awaitSettled(tenant);
    // Then
    assertThat(tenant.givenUp()).singleElement().asString().contains(id, "administer");
    assertThat(realm.userById(id)).isPresent();
  }

  private List<UUID> people() {
    List<UUID> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(tenant.createUser("person" + i));
    }
    converge();
    return people;
  }

  private void deactivate(List<UUID> leaving) {
    for (int i = 0; i < leaving.size(); i++) {
      tenant.deactivate(leaving.get(i), "person" + i);
    }
    world.awaitSettled(tenant);
  }

  private long disabled() {
    return realm.users().stream().filter(user -> !user.path("enabled").asBoolean()).count();
  }

  private AccessGuard guard() {
    return new AccessGuard(world.database());
  }

  private void decide(String key, String value) {
    tenant.execute(
        "UPDATE tenant SET policy = policy || jsonb_build_object(?::text, ?::text) WHERE id = ?",
        key,
        value,
        tenant.tenant().value());
  }

  private void converge() {
    world.startPush();
    world.awaitSettled(tenant);
  }
}
