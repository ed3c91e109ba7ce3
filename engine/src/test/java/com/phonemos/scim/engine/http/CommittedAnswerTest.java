package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.Engine;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TestPostgres;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is committed is never answered as if it had failed. */
class CommittedAnswerTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final String database = TestPostgres.createDatabase();
  private final Rows rows = new Rows(database);
  private final Engine engine = TestEngine.another(Map.of("PHONEMOS_SCIM_DATABASE_URL", database));
  private ScimTenant tenant;
  private UUID boss;
  private UUID anna;

  @BeforeEach
  void createUsers() {
    tenant =
        ScimTenant.create(
            database,
            "http://127.0.0.1:" + engine.httpPort() + "/scim/v2",
            "committed",
            Optional.empty());
    boss = tenant.user("boss").create().expect(201).id();
    anna = tenant.user("anna").create().expect(201).id();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aChangeWhoseGroupsCannotBeReadIsAnsweredWithoutABody() {
    // Given: only answers ask a user's groups
    rows.update("ALTER TABLE group_member RENAME TO group_member_away");
    // When
    ScimAnswer patched = tenant.patchUser(anna).replace("title", "Chief").expect(204);
    // Then
    rows.update("ALTER TABLE group_member_away RENAME TO group_member");
    ScimAnswer read = tenant.readUser(anna).expect(200);
    assertThat(read.text("/title")).isEqualTo("Chief");
    assertThat(patched.header("ETag")).isEqualTo(read.header("ETag"));
  }

  @Test
  void aCreationWhoseManagerCannotBeReadIsAnsweredWithItsId() {
    // Given
    rows.update("ALTER TABLE group_member RENAME TO group_member_away");
    // When
    ScimAnswer created =
        tenant.user("berta").with(ENTERPRISE, Map.of("manager", boss)).create().expect(201);
    // Then
    rows.update("ALTER TABLE group_member_away RENAME TO group_member");
    assertThat(tenant.readUser(created.id()).expect(200).text("/userName")).isEqualTo("berta");
  }
}
