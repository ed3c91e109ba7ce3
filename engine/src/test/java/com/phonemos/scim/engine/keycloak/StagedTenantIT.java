package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.PushWorld.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant that is kept from a real Keycloak, what its plan says, and what its release does. */
final class StagedTenantIT {
  private static final AtomicInteger REALMS = new AtomicInteger();

  private final PushWorld world = new PushWorld();
  private TestRealm realm;
  private TenantRows tenant;

  @BeforeEach
  void prepareRealm() {
    realm = KeycloakServer.shared().createRealm("staged-" + REALMS.incrementAndGet());
    tenant =
        world.tenant(
            "acme",
            new KeycloakTarget(
                realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET));
    assertThat(get(world.tenants().hold(tenant.tenant()))).isTrue();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keycloakIsUntouchedBeforeTheReleaseAndAsPlannedAfterIt() {
    // Given
    final String kept = account("alice", "alice@example.com");
    final String foreign = account("bob", "boss@example.com");
    final String admin = account("carol", "carol@example.com");
    realm.makeAdministrator(admin);
    UUID alice = tenant.createUser("alice");
    UUID bob = tenant.createUser("bob");
    UUID carol = tenant.createUser("carol");
    UUID dora = tenant.createUser("dora");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    tenant.addMember(staff, bob);
    tenant.addMember(staff, dora);
    world.startPush();
    Holding before = Holding.of(realm);
    // When
    Forecast plan = plan();
    // Then
    assertThat(Holding.of(realm)).isEqualTo(before);
    assertThat(actions(plan))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "USER " + alice, Forecast.Action.ADOPT,
                "USER " + bob, Forecast.Action.CONFLICT,
                "USER " + carol, Forecast.Action.CONFLICT,
                "USER " + dora, Forecast.Action.CREATE,
                "GROUP " + staff, Forecast.Action.CREATE,
                "MEMBERSHIP " + alice, Forecast.Action.JOIN,
                "MEMBERSHIP " + bob, Forecast.Action.WAIT,
                "MEMBERSHIP " + dora, Forecast.Action.JOIN));
    assertThat(change(plan, alice).account()).hasValue(kept);
    assertThat(change(plan, bob).detail()).contains(foreign, "another e-mail address");
    assertThat(change(plan, carol).detail()).contains(admin, "may administer");
    // When
    assertThat(get(world.tenants().release(tenant.tenant()))).isTrue();
    await()
        .atMost(PushWorld.CONVERGENCE)
        .untilAsserted(() -> assertThat(realm.memberNames("Staff")).hasSize(2));
    await().untilAsserted(() -> assertThat(tenant.givenUp()).hasSize(2));
    // Then
    assertThat(realm.userByScimId(alice).map(TestRealm::id)).hasValue(kept);
    assertThat(realm.userByScimId(dora)).isPresent();
    assertThat(realm.userByScimId(bob)).isEmpty();
    assertThat(realm.userByScimId(carol)).isEmpty();
    assertThat(realm.memberNames("Staff"))
        .containsExactlyInAnyOrder("alice@example.com", "dora@example.com");
  }

  @Test
  void whatIsHeldLaterIsPlannedAsWhatWouldChange() {
    // Given
    assertThat(get(world.tenants().release(tenant.tenant()))).isTrue();
    UUID alice = tenant.createUser("alice");
    UUID bob = tenant.createUser("bob");
    UUID carol = tenant.createUser("carol");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    tenant.addMember(staff, bob);
    world.startPush();
    world.awaitSettled(tenant);
    get(world.tenants().hold(tenant.tenant()));
    final Holding before = Holding.of(realm);
    tenant.putUser(alice, "alicia", true, 2);
    tenant.deactivate(bob, "bob");
    tenant.removeMember(staff, bob);
    tenant.deleteUser(carol);
    UUID heir = tenant.createUser("carol");
    // When
    Forecast plan = plan();
    // Then
    assertThat(actions(plan))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "USER " + alice, Forecast.Action.CHANGE,
                "USER " + bob, Forecast.Action.DISABLE,
                "USER " + carol, Forecast.Action.REMOVE,
                "USER " + heir, Forecast.Action.CREATE,
                "MEMBERSHIP " + bob, Forecast.Action.LEAVE));
    assertThat(change(plan, alice).detail())
        .contains("username", "email", "displayName")
        .doesNotContain("alicia", "enabled");
    assertThat(Holding.of(realm)).isEqualTo(before);
    // When
    get(world.tenants().release(tenant.tenant()));
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.userByScimId(alice).orElseThrow().path("username").textValue())
        .isEqualTo("alicia@example.com");
    assertThat(realm.userByScimId(bob).orElseThrow().path("enabled").booleanValue()).isFalse();
    assertThat(realm.userByScimId(carol)).isEmpty();
    assertThat(realm.userByScimId(heir)).isPresent();
    assertThat(realm.memberNames("Staff")).containsExactly("alicia@example.com");
  }

  /** All that the push could change in a realm. */
  private record Holding(Object users, Object groups, Object members) {
    static Holding of(TestRealm realm) {
      return new Holding(realm.users(), realm.groups(), realm.memberNames("Staff"));
    }
  }

  private Forecast plan() {
    return get(
        PushRehearsal.run(
            world.vertx(),
            world.database(),
            world.tenants(),
            tenant.tenant(),
            (what, count) -> assertThat(count).isNotNegative()));
  }

  private static Map<String, Forecast.Action> actions(Forecast plan) {
    return plan.changes().stream()
        .collect(
            Collectors.toMap(change -> change.kind() + " " + change.id(), Forecast.Change::action));
  }

  private static Forecast.Change change(Forecast plan, UUID user) {
    List<Forecast.Change> found =
        plan.changes().stream()
            .filter(change -> change.kind() == DueKind.USER && change.id().equals(user))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private String account(String name, String email) {
    return realm.create(
        "/users", Map.of("username", name + "@example.com", "email", email, "enabled", true));
  }
}
