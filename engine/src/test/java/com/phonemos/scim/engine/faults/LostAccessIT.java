package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** From the identity provider's request to the end of access in Keycloak, and what is refused. */
final class LostAccessIT {
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;

  private FaultWorld world;
  private EngineProcess engine;
  private TestRealm realm;
  private ScimTenant tenant;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
    realm = FaultWorld.realm();
    engine = world.engine().start().awaitReady();
    tenant = world.tenant(engine, "acme", Optional.of(FaultWorld.target(realm)));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoIsDeactivatedIsLoggedOutForGood(TestReporter reporter) {
    // Given
    UUID alice = tenant.user("alice@example.com").create().expect(201).id();
    world.awaitSettled(tenant);
    realm.setPassword(TestRealm.id(realm.user("alice@example.com").orElseThrow()), PASSWORD);
    TestRealm.Session session = realm.logIn("alice@example.com", PASSWORD).orElseThrow();
    TestRealm.Session offline = realm.logInOffline("alice@example.com", PASSWORD).orElseThrow();
    assertThat(realm.refresh(session)).isPresent();
    long asked = System.nanoTime();
    // When
    tenant.patchUser(alice).replace("active", false).expect(200);
    // Then
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(realm.refresh(session)).isEmpty());
    reporter.publishEntry("access ended after ms", "" + (System.nanoTime() - asked) / 1_000_000);
    assertThat(realm.logIn("alice@example.com", PASSWORD)).isEmpty();
    // When
    world.awaitSettled(tenant);
    tenant.patchUser(alice).replace("active", true).expect(200);
    world.awaitSettled(tenant);
    // Then
    assertThat(realm.logIn("alice@example.com", PASSWORD)).isPresent();
    assertThat(realm.refresh(session)).isEmpty();
    assertThat(realm.refresh(offline)).isEmpty();
  }

  @Test
  void aUserThatKeycloakRefusesWaitsWithAReasonUntilItIsChanged() {
    // Given
    String tooLong = "x".repeat(300);
    UUID poison =
        tenant
            .user("poison@example.com")
            .with("name", Map.of("givenName", tooLong, "familyName", "Family"))
            .create()
            .expect(201)
            .id();
    UUID staff = tenant.group("Staff").withMembers(poison).create().expect(201).id();
    for (int i = 0; i < 20; i++) {
      UUID user = tenant.user("user" + i + "@example.com").create().expect(201).id();
      tenant.patchGroup(staff).addMembers(user).expect(200);
    }
    // When
    await().untilAsserted(() -> assertThat(realm.memberNames("Staff")).hasSize(20));
    // Then
    assertThat(realm.user("poison@example.com")).isEmpty();
    await()
        .untilAsserted(() ->
            assertThat(engine.run(Map.of(), "push", "list", "acme"))
                .contains(poison.toString(), "firstName")
                .doesNotContain(tooLong));
    // When
    tenant.patchUser(poison).replace("name.givenName", "Cured").expect(200);
    // Then
    world.awaitAgreement(tenant, realm);
    assertThat(realm.memberNames("Staff")).hasSize(21).contains("poison@example.com");
  }
}
