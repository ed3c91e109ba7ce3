package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimRequest;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages by cursor (RFC 9865). */
class CursorEndpointTest {
  private static final int USERS = 25;
  private static final ScimTenant TENANT = TestEngine.tenant();

  @BeforeAll
  static void createUsers() {
    for (int i = 0; i < USERS; i++) {
      TENANT
          .user("user%02d".formatted(USERS - i))
          .with("title", i % 3 == 0 ? "lead" : i % 3 == 1 ? "" + i : "")
          .create()
          .expect(201);
    }
  }

  @ParameterizedTest(name = "sorted by {0}, {1}")
  @Clause({"rfc9865/2/2", "rfc9865/2/5", "rfc9865/2/7", "rfc9865/2/9", "rfc9865/2.2/1"})
  @CsvSource({"'',ascending", "userName,ascending", "title,ascending", "title,descending"})
  void aWalkSeesEveryUserOnceForthAndBack(String sortBy, String sortOrder) {
    // Given
    List<String> expected =
        sort(TENANT.get("/Users"), sortBy, sortOrder)
            .query("count", "50")
            .expect(200)
            .each("/Resources", "id");
    // When
    List<String> forth = new ArrayList<>();
    List<String> back = new ArrayList<>();
    ScimAnswer page = page(sortBy, sortOrder, "");
    assertThat(page.at("/previousCursor").isMissingNode()).isTrue();
    forth.addAll(page.each("/Resources", "id"));
    while (page.body().has("nextCursor")) {
      page = page(sortBy, sortOrder, page.text("/nextCursor"));
      forth.addAll(page.each("/Resources", "id"));
    }
    back.addAll(page.each("/Resources", "id"));
    while (page.body().has("previousCursor")) {
      page = page(sortBy, sortOrder, page.text("/previousCursor"));
      back.addAll(0, page.each("/Resources", "id"));
    }
    // Then
    assertThat(expected).hasSize(USERS);
    assertThat(forth).isEqualTo(expected);
    assertThat(back).isEqualTo(expected);
  }

  private static ScimAnswer page(String sortBy, String sortOrder, String cursor) {
    ScimAnswer page =
        sort(TENANT.get("/Users"), sortBy, sortOrder)
            .query("cursor", cursor)
            .query("count", "7")
            .expect(200);
    assertThat(page.at("/totalResults").intValue()).isEqualTo(USERS);
    assertThat(page.at("/Resources").size()).isBetween(1, 7);
    assertThat(page.body().has("startIndex")).isFalse();
    assertThat(page.text("/nextCursor")).matches("[A-Za-z0-9._~-]*");
    return page;
  }

  private static ScimRequest sort(ScimRequest request, String sortBy, String sortOrder) {
    return sortBy.isEmpty()
        ? request
        : request.query("sortBy", sortBy).query("sortOrder", sortOrder);
  }

  @Test
  @Clause("rfc9865/2/4")
  void aWalkOfManySkipsAndRepeatsNothingWhileOthersComeAndGo() {
    // Given
    int many = 20_000;
    int churn = 50;
    ScimTenant tenant = TestEngine.tenant();
    List<String> before = insert(tenant, many);
    Set<String> deleted = new HashSet<>();
    Set<String> created = new HashSet<>();
    // When
    List<String> walked = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      ScimAnswer page =
          tenant
              .get("/Users")
              .query("cursor", cursor)
              .query("count", Integer.toString(TestEngine.MAX_PAGE))
              .query("attributes", "userName")
              .expect(200);
      walked.addAll(page.each("/Resources", "id"));
      cursor = page.text("/nextCursor");
      if (pages++ % 8 == 0 && deleted.size() < churn) {
        // The last one seen, the next one to come, and others behind and ahead.
        int at = deleted.size() % 4 == 0 ? walked.size() - 1 : deleted.size() * 397 % many;
        tenant.deleteUser(UUID.fromString(before.get(at))).expect(204);
        deleted.add(before.get(at));
        created.add(tenant.user("new" + created.size()).create().expect(201).id().toString());
      }
    } while (!cursor.isEmpty());
    // Then
    List<String> lasting = new ArrayList<>(before);
    lasting.removeAll(deleted);
    assertThat(deleted).hasSize(churn);
    assertThat(created).hasSize(churn);
    assertThat(walked).doesNotHaveDuplicates().containsAll(lasting);
  }

  private static List<String> insert(ScimTenant tenant, int users) {
    Rows rows = new Rows(TestEngine.database());
    rows.update(
        """
        INSERT INTO scim_user (tenant_id, id, user_name_key, active, email_keys, resource, revision,
          created, modified)
        SELECT ?, ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'many' || n, TRUE,
          '{}', jsonb_build_object('userName', 'many' || n, 'active', TRUE), 1, now(), now()
        FROM generate_series(1, ?) AS n
        """,
        tenant.id().value(),
        users);
    rows.update(
        "UPDATE tenant SET user_count = ?, revision = 1 WHERE id = ?", users, tenant.id().value());
    return rows.texts(
        "SELECT id::text FROM scim_user WHERE tenant_id = ? ORDER BY id", tenant.id().value());
  }

  @Test
  @Clause({"rfc9865/2/6", "rfc9865/5.2/1", "rfc9865/5.2/2", "rfc9865/5.2/3"})
  void aCursorOpensForItsTenantAndItsQueryAlone() {
    // Given
    ScimAnswer first =
        TENANT
            .get("/Users")
            .query("filter", "userName pr")
            .query("cursor", "")
            .query("count", "7")
            .expect(200);
    String cursor = first.text("/nextCursor");
    String tampered =
        cursor.substring(0, 20) + (cursor.charAt(20) == 'A' ? "B" : "A") + cursor.substring(21);
    // Then
    next(TENANT.get("/Users").query("filter", "userName pr"), cursor).expect(200);
    next(TENANT.get("/Users").query("filter", "userName PR"), cursor).expect(200);
    next(TENANT.get("/Users"), cursor).expect(400, "invalidCursor");
    next(TENANT.get("/Users").query("filter", "title pr"), cursor).expect(400, "invalidCursor");
    next(TENANT.get("/Groups"), cursor).expect(400, "invalidCursor");
    next(TENANT.get("/").query("filter", "userName pr"), cursor).expect(400, "invalidCursor");
    ScimAnswer foreign =
        next(TestEngine.tenant().get("/Users").query("filter", "userName pr"), cursor)
            .expect(400, "invalidCursor");
    assertThat(foreign.body())
        .isEqualTo(next(TENANT.get("/Users"), "garbage").expect(400, "invalidCursor").body());
    next(TENANT.get("/Users").query("filter", "userName pr"), cursor)
        .header("Authorization", "Bearer nobody")
        .expect(401);
    next(TENANT.get("/Users").query("filter", "userName pr"), tampered)
        .expect(400, "invalidCursor");
    next(TENANT.get("/Users").query("filter", "userName pr").query("sortBy", "userName"), cursor)
        .expect(400, "invalidCursor");
  }

  private static ScimRequest next(ScimRequest request, String cursor) {
    return request.query("cursor", cursor).query("count", "7");
  }

  @ParameterizedTest(name = "cursor {0}")
  @Clause("rfc9865/2.1/1")
  @ValueSource(strings = {"garbage", "%", "AAAA", "AQ", "../..", "\u00E4"})
  void whatIsNoCursorIsRefused(String cursor) {
    TENANT.get("/Users").query("cursor", cursor).expect(400, "invalidCursor");
  }

  @ParameterizedTest(name = "count {0}")
  @Clause("rfc9865/2.1/3")
  @ValueSource(strings = {"many", "1.5", "99999999999999999999"})
  void whatIsNoCountIsRefused(String count) {
    TENANT.get("/Users").query("cursor", "").query("count", count).expect(400, "invalidCount");
  }

  @ParameterizedTest(name = "count {0}")
  @Clause("rfc9865/2/8")
  @ValueSource(strings = {"0", "-1"})
  void aPageOfNoneTellsTheTotalAlone(String count) {
    // When
    ScimAnswer none = TENANT.get("/Users").query("cursor", "").query("count", count).expect(200);
    // Then
    assertThat(none.at("/totalResults").intValue()).isEqualTo(USERS);
    assertThat(none.at("/Resources")).isEmpty();
    assertThat(none.body().has("nextCursor")).isFalse();
  }

  @Test
  @Clause("rfc9865/2.4/2")
  void cursorAndIndexExcludeEachOther() {
    TENANT.get("/Users").query("cursor", "").query("startIndex", "1").expect(400, "invalidValue");
  }

  @Test
  @Clause({"rfc9865/2/1", "rfc9865/3/1"})
  void aCursorWithoutValueAndASearchByPostStartAWalkToo() {
    // When
    ScimAnswer got = TENANT.get("/Users").rawQuery("cursor&count=7").expect(200);
    ScimAnswer posted =
        TENANT
            .post(
                "/Users/.search",
                JsonNodeFactory.instance.objectNode().put("cursor", "").put("count", 7))
            .expect(200);
    // Then
    assertThat(got.body().has("nextCursor")).isTrue();
    assertThat(posted.each("/Resources", "id")).isEqualTo(got.each("/Resources", "id"));
    next(TENANT.get("/Users"), posted.text("/nextCursor")).expect(200);
  }

  @Test
  @Clause("rfc9865/4/1")
  void theConfigurationSaysHowPagesAreMade() {
    // When
    ScimAnswer config = TENANT.get("/ServiceProviderConfig").expect(200);
    // Then
    assertThat(config.at("/pagination/cursor").booleanValue()).isTrue();
    assertThat(config.at("/pagination/index").booleanValue()).isTrue();
    assertThat(config.text("/pagination/defaultPaginationMethod")).isEqualTo("index");
    assertThat(config.at("/pagination/maxPageSize").intValue()).isEqualTo(TestEngine.MAX_PAGE);
    assertThat(TENANT.get("/Users").expect(200).at("/Resources"))
        .hasSize(config.at("/pagination/defaultPageSize").intValue());
    assertThat(config.at("/pagination/cursorTimeout").intValue()).isPositive();
  }
}
