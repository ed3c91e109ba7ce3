package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.Engine;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TestPostgres;
import java.util.List;
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

  @Test
  void aLargeGroupWhoseLastMembersCannotBeReadIsAnsweredWithItsId() {
    // Given: the first page of members can be read, the second cannot
    rows.update(
        """
        INSERT INTO scim_user (tenant_id, id, user_name_key, active, email_keys, resource,
          revision, created, modified)
        SELECT ?, gen_random_uuid(), 'many' || n, TRUE, '{}', '{}', 1, now(), now()
        FROM generate_series(1, 1500) AS n
        """,
        tenant.id().value());
    rows.update("CREATE SEQUENCE rows_read");
    rows.update(
        """
        CREATE FUNCTION readable() RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('rows_read') > 1600 THEN RAISE 'not readable'; END IF;
          RETURN TRUE;
        END $$
        """);
    rows.update("ALTER TABLE group_member RENAME TO group_member_away");
    rows.update("CREATE VIEW group_member AS SELECT * FROM group_member_away WHERE readable()");
    List<Map<String, String>> members =
        rows.texts("SELECT id::text FROM scim_user WHERE user_name_key LIKE 'many%'").stream()
            .map(id -> Map.of("value", id))
            .toList();
    // When
    ScimAnswer created =
        tenant
            .group("all")
            .with("members", members)
            .create()
            .query("attributes", "members.value")
            .expect(201);
    // Then
    rows.update("DROP VIEW group_member");
    rows.update("ALTER TABLE group_member_away RENAME TO group_member");
    assertThat(tenant.readGroup(created.id()).expect(200).at("/members")).hasSize(1500);
  }
}
