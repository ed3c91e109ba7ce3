package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manager of the enterprise extension (RFC 7643 §4.3). */
class ManagerEndpointTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final ScimTenant tenant = TestEngine.tenant();
  private UUID boss;

  @BeforeEach
  void createManager() {
    boss = tenant.user("boss").with("displayName", "The Boss").create().expect(201).id();
  }

  @Test
  void isToldByNameAndReferenceInEveryAnswer() {
    // When
    ScimAnswer created =
        tenant
            .user("anna")
            .with(ENTERPRISE, Map.of("manager", Map.of("value", boss, "displayName", "Evil")))
            .create()
            .expect(201);
    // Then
    assertThat(created.body().path(ENTERPRISE).path("manager").toString())
        .contains(boss.toString(), "The Boss", tenant.base() + "/Users/" + boss)
        .doesNotContain("Evil");
    assertThat(tenant.readUser(created.id()).expect(200).body()).isEqualTo(created.body());
    assertThat(
            tenant
                .get("/Users")
                .query("filter", "userName eq \"anna\"")
                .expect(200)
                .at("/Resources/0"))
        .isEqualTo(created.body());
  }

  @Test
  void isToldByTheNameItHasNow() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    tenant.patchUser(anna).add(ENTERPRISE + ":manager", boss).expect(200);
    // When
    tenant.patchUser(boss).replace("displayName", "Chief").expect(200);
    // Then
    assertThat(manager(anna).path("displayName").asText()).isEqualTo("Chief");
    // When
    tenant.deleteUser(boss).expect(204);
    // Then
    assertThat(manager(anna).path("value").asText()).isEqualTo(boss.toString());
    assertThat(manager(anna)).hasSize(1);
  }

  @Test
  void mayBeSomebodyWhoIsNotHere() {
    // When
    ScimAnswer created =
        tenant
            .user("anna")
            .with(ENTERPRISE, Map.of("manager", "------------------------------------"))
            .create()
            .expect(201);
    // Then
    assertThat(created.body().path(ENTERPRISE).path("manager")).hasSize(1);
  }

  private JsonNode manager(UUID user) {
    return tenant.readUser(user).expect(200).body().path(ENTERPRISE).path("manager");
  }
}
