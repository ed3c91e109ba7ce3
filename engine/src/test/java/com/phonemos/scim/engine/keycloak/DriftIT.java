package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.PushWorld.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.Difference;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.Reported;
import com.phonemos.scim.engine.store.Erasures;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is changed by hand in a real Keycloak is found, told of and put back. */
final class DriftIT {
  private static final AtomicInteger REALMS = new AtomicInteger();
  private static final Duration LOOKS = Duration.ofMillis(200);

  private final PushWorld world = new PushWorld();
  private TestRealm realm;
  private TenantRows tenant;

  @BeforeEach
  void prepareRealm() {
    realm = KeycloakServer.shared().createRealm("drift-" + REALMS.incrementAndGet());
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
  void eachKindOfEditByHandIsToldOfThenPutBackAndWhatIsNotOursIsLeftAlone() {
    // Given
    final UUID alice = tenant.createUser("alice");
    final UUID bob = tenant.createUser("bob");
    final UUID carol = tenant.createUser("carol");
    final UUID dora = tenant.createUser("dora");
    final UUID eve = tenant.createUser("eve");
    tenant.deactivate(bob, "bob");
    final UUID staff = tenant.createGroup("Staff");
    final UUID board = tenant.createGroup("Board");
    final UUID sales = tenant.createGroup("Sales");
    final UUID lab = tenant.createGroup("Lab");
    List.of(alice, carol, dora).forEach(user -> tenant.addMember(staff, user));
    tenant.addMember(lab, eve);
    world.startPush();
    world.awaitSettled(tenant);
    final String stranger =
        realm.create("/users", Map.of("username", "stranger", "lastName", "Own", "enabled", true));
    final String strangers = realm.create("/groups", Map.of("name", "Strangers"));
    realm.join(account(alice), strangers);
    realm.join(stranger, group("Staff"));
    assertThat(scan(DriftInspection.Mode.REPORT)).isEmpty();
    // When
    realm.update("/users/" + account(alice), Map.of("lastName", "Mallory"));
    realm.update("/users/" + account(bob), Map.of("enabled", true));
    realm.delete("/users/" + account(carol));
    realm.delete("/users/" + account(dora) + "/groups/" + group("Staff"));
    realm.join(account(eve), group("Board"));
    realm.moveGroup(group("Sales"), "Sales", strangers);
    realm.delete("/groups/" + group("Lab"));
    realm.update("/groups/" + group("Staff"), Map.of("name", "Stuff"));
    List<Finding> found = scan(DriftInspection.Mode.REPORT);
    // Then
    assertThat(found.stream().map(DriftIT::told))
        .containsExactlyInAnyOrder(
            "CHANGED " + alice,
            "ENABLED " + bob,
            "DELETED " + carol,
            "LEFT " + dora,
            "JOINED " + eve,
            "MOVED " + sales,
            "DELETED " + lab,
            "CHANGED " + staff);
    assertThat(found).allSatisfy(finding -> assertThat(finding.author()).isPresent());
    assertThat(tenant.due()).isZero();
    assertThat(reports()).isEmpty();
    assertThat(realm.userByScimId(carol)).isEmpty();
    // When
    final ObjectNode own = realm.userById(stranger).orElseThrow();
    List<Finding> kept = scan(DriftInspection.Mode.REPAIR);
    world.awaitSettled(tenant);
    // Then
    assertThat(kept.stream().map(DriftIT::told))
        .containsExactlyInAnyOrderElementsOf(found.stream().map(DriftIT::told).toList());
    assertThat(scan(DriftInspection.Mode.REPORT)).isEmpty();
    assertThat(realm.user("alice@example.com").orElseThrow().path("lastName").textValue())
        .isEqualTo("Family");
    assertThat(realm.user("bob@example.com").orElseThrow().path("enabled").booleanValue())
        .isFalse();
    assertThat(realm.memberNames("Staff"))
        .containsExactlyInAnyOrder(
            "alice@example.com", "carol@example.com", "dora@example.com", "stranger");
    assertThat(realm.memberNames("Board")).isEmpty();
    assertThat(realm.memberNames("Lab")).containsExactly("eve@example.com");
    assertThat(realm.group("Sales")).isPresent();
    assertThat(realm.memberNames("Strangers")).containsExactly("alice@example.com");
    assertThat(realm.userById(stranger)).hasValue(own);
    assertThat(reports())
        .hasSize(found.size())
        .allSatisfy(report -> assertThat(report.repaired()).isPresent());
    assertThat(report(alice).finding().differences())
        .containsExactly(new Difference("lastName", "Family", "Mallory"));
  }

  @Test
  void anEditIsPutBackSoonByTheRealmsEventsAndItsAuthorIsNamed() {
    // Given
    UUID alice = tenant.createUser("alice");
    final UUID sales = tenant.createGroup("Sales");
    tenant.addMember(sales, alice);
    world.startPush();
    world.awaitSettled(tenant);
    TestRealm.Session admin = administrator();
    final String strangers = realm.create("/groups", Map.of("name", "Strangers"));
    world.startDrift(new DriftVerticle.Pace(Duration.ofHours(1), LOOKS, LOOKS));
    await().until(() -> tenant.number(EVENTS_FROM) == 1);
    // When
    realm.updateAs(admin, "/users/" + account(alice), Map.of("firstName", "Eve"));
    realm.moveGroup(group("Sales"), "Sales", strangers);
    // Then
    await()
        .atMost(PushWorld.CONVERGENCE)
        .untilAsserted(() ->
            assertThat(reports())
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.repaired()).isPresent()));
    assertThat(realm.user("alice@example.com").orElseThrow().path("firstName").textValue())
        .isEqualTo("Given alice");
    assertThat(realm.group("Sales")).isPresent();
    assertThat(report(alice).finding().author().map(DriftFindings.Author::name))
        .hasValue("operator");
    assertThat(report(sales).finding().what()).isEqualTo(DriftFindings.What.MOVED);
  }

  @Test
  void aScanThatWasInterruptedGoesOnWhereItWas() {
    // Given
    UUID alice = tenant.createUser("alice");
    UUID staff = tenant.createGroup("Staff");
    tenant.addMember(staff, alice);
    world.startPush();
    world.awaitSettled(tenant);
    realm.update("/users/" + account(alice), Map.of("lastName", "Mallory"));
    realm.delete("/users/" + account(alice) + "/groups/" + group("Staff"));
    tenant.execute(
        """
        INSERT INTO drift_scan (tenant_id, due_at, poll_at, started, phase)
        VALUES (?, now(), now(), now(), 'members')
        """,
        tenant.tenant().value());
    // When
    world.startDrift(new DriftVerticle.Pace(Duration.ofHours(1), Duration.ZERO, LOOKS));
    await()
        .atMost(PushWorld.CONVERGENCE)
        .until(() -> tenant.number(FINISHED) == 1 && tenant.due() == 0);
    // Then
    assertThat(reports())
        .singleElement()
        .satisfies(report -> {
          assertThat(report.finding().what()).isEqualTo(DriftFindings.What.LEFT);
          assertThat(report.repaired()).isPresent();
        });
    assertThat(realm.memberNames("Staff")).containsExactly("alice@example.com");
  }

  @Test
  void nothingPersonalIsLeftInTheFindingsOfAnErasedUser() {
    // Given
    UUID alice = tenant.createUser("alice");
    world.startPush();
    world.awaitSettled(tenant);
    realm.update("/users/" + account(alice), Map.of("lastName", "Mallory"));
    scan(DriftInspection.Mode.REPAIR);
    world.awaitSettled(tenant);
    // When
    get(new Erasures(world.database()).erase(tenant.tenant(), alice));
    world.awaitSettled(tenant);
    // Then
    assertThat(tenant.texts("SELECT differences::text FROM drift_finding WHERE tenant_id = ?"))
        .singleElement()
        .asString()
        .contains("lastName")
        .doesNotContain("Mallory", "Family");
  }

  private static final String EVENTS_FROM =
      "SELECT count(*) FROM drift_scan WHERE tenant_id = ? AND events_from IS NOT NULL";

  private static final String FINISHED =
      "SELECT count(*) FROM drift_scan WHERE tenant_id = ? AND finished IS NOT NULL";

  private List<Finding> scan(DriftInspection.Mode mode) {
    return get(
        new DriftInspection(world.vertx(), world.database(), world.tenants())
            .run(tenant.tenant(), mode, (what, count) -> assertThat(count).isNotNegative()));
  }

  private List<Reported> reports() {
    return get(new DriftFindings(world.database()).list(tenant.tenant(), 100));
  }

  private Reported report(UUID id) {
    return reports().stream()
        .filter(report -> report.finding().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private TestRealm.Session administrator() {
    String id =
        realm.create(
            "/users",
            Map.of(
                "username", "operator",
                "email", "operator@example.com",
                "firstName", "O",
                "lastName", "P",
                "enabled", true));
    realm.setPassword(id, "secret");
    realm.makeAdministrator(id);
    Optional<TestRealm.Session> session = realm.logIn("operator", "secret");
    return session.orElseThrow();
  }

  private String account(UUID user) {
    return realm.userByScimId(user).map(TestRealm::id).orElseThrow();
  }

  private String group(String name) {
    return realm.group(name).map(TestRealm::id).orElseThrow();
  }

  private static String told(Finding finding) {
    return finding.what() + " " + finding.id();
  }
}
