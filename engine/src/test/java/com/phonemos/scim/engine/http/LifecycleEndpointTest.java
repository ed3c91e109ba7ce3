package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimResource;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users that come back, and creates whose answer never arrived. */
class LifecycleEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();
  private final Rows rows = new Rows(TestEngine.database());

  @Test
  void aDeactivatedUserIsInTheWayOfANewOneOfItsName() {
    // Given
    deactivated();
    // Then
    assertThat(anna().create().expect(409, "uniqueness").text("/detail")).contains("userName");
  }

  @Test
  void aDeactivatedUserIsInTheWayOfANewOneOfItsExternalId() {
    // Given
    deactivated();
    // Then
    assertThat(anna().with("userName", "anna.2").create().expect(409, "uniqueness").text("/detail"))
        .contains("externalId");
  }

  @Test
  void anActiveUserDoesNotKeepItsExternalIdToItself() {
    // Given
    anna().create().expect(201);
    // Then
    anna().with("userName", "anna.2").create().expect(201);
  }

  @Test
  void aUserThatIsAssignedAnewKeepsItsIdWhereThePolicySaysSo() {
    // Given
    decide("{\"recreate\": \"reactivate\"}");
    UUID anna = deactivated();
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer again = anna().with("title", "Dr.").create().expect(201);
    // Then
    assertThat(again.id()).isEqualTo(anna);
    assertThat(again.at("/active").booleanValue()).isTrue();
    assertThat(again.text("/title")).isEqualTo("Dr.");
    assertThat(again.each("/groups", "value")).containsExactly(team.toString());
    assertThat(tenant.readUser(anna).expect(200).body()).isEqualTo(again.body());
  }

  @Test
  void aUserThatIsAssignedAnewMayHaveAnotherName() {
    // Given
    decide("{\"recreate\": \"reactivate\"}");
    UUID anna = deactivated();
    // When
    ScimAnswer again = anna().with("userName", "anna.smith").create().expect(201);
    // Then
    assertThat(again.id()).isEqualTo(anna);
    assertThat(again.text("/userName")).isEqualTo("anna.smith");
  }

  @Test
  void anActiveUserIsNeverTakenForANewOne() {
    // Given
    decide("{\"recreate\": \"reactivate\"}");
    anna().create().expect(201);
    // Then
    anna().create().expect(409, "uniqueness");
  }

  @Test
  void aCreateIsAnsweredOnceMoreWhenItsAnswerDidNotArrive() throws Exception {
    // Given
    createAndHangUp(anna());
    UUID lost = UUID.fromString(ids().getFirst());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(rows.number("SELECT count(*) FROM undelivered WHERE id = ?", lost))
                .isEqualTo(1));
    // Then
    assertThat(anna().create().expect(201).id()).isEqualTo(lost);
    anna().with("title", "Dr.").create().expect(409, "uniqueness");
    tenant.patchUser(lost).replace("title", "Dr.").expect(200);
    anna().create().expect(409, "uniqueness");
  }

  @Test
  void aCreateIsAnsweredOnceMoreWhenWhoeverCommittedItIsGone() {
    // Given
    UUID anna = anna().create().expect(201).id();
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    anna().create().expect(409, "uniqueness");
    // When
    rows.update("UPDATE journal SET session = -1 WHERE tenant_id = ?", tenant.id().value());
    // Then
    assertThat(anna().create().expect(201).id()).isEqualTo(anna);
    assertThat(tenant.group("Team").withMembers(anna).create().expect(201).id()).isEqualTo(team);
    tenant.group("Team").create().expect(409, "uniqueness");
  }

  @Test
  void anOldCreateIsNotAnsweredOnceMore() {
    // Given
    anna().create().expect(201);
    // When
    rows.update(
        "UPDATE journal SET session = -1, at = now() - interval '1 day' WHERE tenant_id = ?",
        tenant.id().value());
    // Then
    anna().create().expect(409, "uniqueness");
  }

  private ScimResource anna() {
    return tenant.user("anna").with("externalId", "e-1");
  }

  private UUID deactivated() {
    UUID anna = anna().create().expect(201).id();
    tenant.patchUser(anna).replace("active", false).expect(200);
    return anna;
  }

  /** And waits until it is committed. */
  private void createAndHangUp(ScimResource resource) throws IOException {
    byte[] body = resource.json().toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/scim+json\r\n"
            + "Authorization: Bearer "
            + tenant.token()
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try (Rows.Lock held =
            rows.lock("SELECT FROM tenant WHERE id = ? FOR UPDATE", tenant.id().value());
        Socket socket = new Socket("127.0.0.1", TestEngine.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(held.waiting()).isPositive());
      socket.setSoLinger(true, 0);
    }
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(ids()).hasSize(1));
  }

  private List<String> ids() {
    return rows.texts("SELECT id FROM scim_user WHERE tenant_id = ?", tenant.id().value());
  }

  private void decide(String policy) {
    rows.update("UPDATE tenant SET policy = ?::jsonb WHERE id = ?", policy, tenant.id().value());
  }
}
