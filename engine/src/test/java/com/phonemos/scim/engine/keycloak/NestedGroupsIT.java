package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.ScimPatch;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Groups inside groups, as they come from an identity provider and as Keycloak sees them. */
final class NestedGroupsIT {
  private final TestRealm realm = KeycloakServer.shared().createRealm("nested");
  private final ScimTenant tenant =
      TestEngine.tenant(
          "nested",
          Optional.of(
              new KeycloakTarget(
                  realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET)));

  @Test
  void whoIsInAGroupInsideAGroupIsAMemberOfBoth() {
    // Given
    UUID ada = tenant.user("ada@example.com").create().expect(201).id();
    UUID bob = tenant.user("bob@example.com").create().expect(201).id();
    UUID staff = tenant.group("Staff").withMembers(ada).create().expect(201).id();
    // When
    UUID company = tenant.group("Company").withMembers(staff).create().expect(201).id();
    // Then
    awaitMembers("Staff", "ada@example.com");
    awaitMembers("Company", "ada@example.com");
    // When
    tenant.patchGroup(staff).addMembers(bob).expect(200);
    // Then
    awaitMembers("Company", "ada@example.com", "bob@example.com");
    // When
    tenant.patchGroup(staff).remove("members[value eq \"" + ada + "\"]").expect(200);
    // Then
    awaitMembers("Staff", "bob@example.com");
    awaitMembers("Company", "bob@example.com");
    // When
    tenant.patchGroup(staff).add("members", ScimPatch.values(company)).expect(200);
    tenant.patchGroup(company).addMembers(ada).expect(200);
    // Then
    awaitMembers("Staff", "ada@example.com", "bob@example.com");
    // When
    tenant.patchGroup(company).remove("members[value eq \"" + staff + "\"]").expect(200);
    // Then
    awaitMembers("Company", "ada@example.com");
    awaitMembers("Staff", "ada@example.com", "bob@example.com");
    // When
    tenant.deleteGroup(company).expect(204);
    // Then
    await().atMost(PushWorld.CONVERGENCE).until(() -> realm.group("Company").isEmpty());
    awaitMembers("Staff", "bob@example.com");
  }

  private void awaitMembers(String group, String... names) {
    await()
        .atMost(PushWorld.CONVERGENCE)
        .untilAsserted(() -> assertThat(realm.memberNames(group)).containsExactlyInAnyOrder(names));
  }
}
