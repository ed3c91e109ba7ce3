package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimRequest;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters and pages (RFC 7644 §3.4.2). */
class ListEndpointTest {
  private static final int USERS = TestEngine.MAX_PAGE + 10;
  private static final ScimTenant TENANT = TestEngine.tenant();

  @BeforeAll
  static void createUsers() {
    for (int i = 0; i < USERS; i++) {
      TENANT
          .user("User%02d@example.org".formatted(i))
          .with("displayName", "100%_" + i)
          .with("externalId", "Ext-" + i)
          .with("active", i % 10 != 0)
          .with("name", Map.of("familyName", i < 5 ? "Smith" : "Miller"))
          .with(
              "emails",
              List.of(
                  Map.of("value", "w" + i + "@Work.example", "type", "work", "primary", true),
                  Map.of("value", "h" + i + "@home.example", "type", "home")))
          .create()
          .expect(201);
    }
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userName eq \"user07@EXAMPLE.org\" | 1",
        "USERNAME EQ \"user07@example.org\" | 1",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"user07@example.org\" | 1",
        "userName eq \"nobody\" | 0",
        "userName ne \"user07@example.org\" | 59",
        "userName sw \"user1\" | 10",
        "userName ew \"9@example.org\" | 6",
        "userName co \"R1\" | 10",
        "userName gt \"user57@example.org\" | 2",
        "userName pr | 60",
        "title pr | 0",
        "not (title pr) | 60",
        "externalId eq \"Ext-3\" | 1",
        "externalId eq \"ext-3\" | 0",
        "active eq false | 6",
        "active eq \"True\" | 54",
        "name.familyName eq \"smith\" | 5",
        "displayName co \"%\" | 60",
        "displayName co \"%_1\" | 11",
        "displayName sw \"1_0\" | 0",
        "emails.value eq \"w7@work.EXAMPLE\" | 1",
        "emails eq \"h7@home.example\" | 1",
        "emails[type eq \"home\" and value sw \"h1\"] | 11",
        "emails[type eq \"home\" and value sw \"w1\"] | 0",
        "emails[type eq \"work\"].value eq \"w7@work.example\" | 1",
        "name.familyName eq \"Smith\" and active eq true | 4",
        "name.familyName eq \"Smith\" or active eq false | 10",
        "name.familyName eq \"Smith\" and (active eq false or userName sw \"user01\") | 2",
        "meta.lastModified gt \"2020-01-01T00:00:00Z\" | 60",
        "meta.created lt \"2020-01-01T00:00:00Z\" | 0",
        "meta.resourceType eq \"User\" | 60",
        "userName eq \"a' OR '1'='1\" | 0",
        "userName eq \"a\\\"; DROP TABLE scim_user; --\" | 0",
      })
  void aFilterFindsExactly(String filter, int expected) {
    // When
    ScimAnswer found = list("filter", filter);
    // Then
    assertThat(found.at("/totalResults").intValue()).isEqualTo(expected);
    assertThat(found.at("/Resources")).hasSize(Math.min(expected, 20));
  }

  @Test
  @Clause("rfc7644/3.4.2.4/4")
  void pagesHoldEveryUserOnceInAStableOrder() {
    // When
    List<String> walked = new ArrayList<>();
    for (int start = 1; start <= USERS; start += 7) {
      walked.addAll(page(start, 7).each("/Resources", "id"));
    }
    // Then
    assertThat(walked).hasSize(USERS).doesNotHaveDuplicates();
    assertThat(page(15, 7).each("/Resources", "id")).isEqualTo(walked.subList(14, 21));
  }

  @Test
  @Clause({"rfc7644/3.4.2/1", "rfc7644/3.4.2.4/5"})
  void aPageSaysWhereItIs() {
    // When
    ScimAnswer last = page(USERS - 1, 7);
    // Then
    assertThat(last.at("/totalResults").intValue()).isEqualTo(USERS);
    assertThat(last.at("/startIndex").intValue()).isEqualTo(USERS - 1);
    assertThat(last.at("/itemsPerPage").intValue()).isEqualTo(2);
    assertThat(last.strings("/schemas"))
        .containsExactly("urn:ietf:params:scim:api:messages:2.0:ListResponse");
  }

  @ParameterizedTest(name = "startIndex {0}, count {1}: {2} resources from {3}")
  @CsvSource({
    "0, 3, 3, 1",
    "-5, 3, 3, 1",
    "1, 0, 0, 1",
    "1, -1, 0, 1",
    "1, 1000000, 50, 1",
    "1000, 3, 0, 1000"
  })
  void oddBoundsAreReadAsTheStandardSays(long start, long count, int size, int from) {
    // When
    ScimAnswer page = page(start, count);
    // Then
    assertThat(page.at("/Resources")).hasSize(size);
    assertThat(page.at("/startIndex").intValue()).isEqualTo(from);
    assertThat(page.at("/totalResults").intValue()).isEqualTo(USERS);
  }

  @Test
  void aListShowsWhatWasAskedFor() {
    // When
    ScimAnswer found =
        TENANT
            .get("/Users")
            .query("filter", "userName eq \"user07@example.org\"")
            .query("attributes", "externalId")
            .expect(200);
    // Then
    assertThat(found.at("/Resources/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "externalId");
  }

  @Test
  void aSpaceIsEncodedEitherWay() {
    assertThat(
            List.of(
                raw("filter=userName+eq+%22user07@example.org%22"),
                raw("filter=userName%20eq%20%22user07@example.org%22")))
        .allSatisfy(found -> assertThat(found.at("/totalResults").intValue()).isEqualTo(1));
  }

  private static ScimAnswer raw(String query) {
    return TENANT.get("/Users").rawQuery(query).expect(200);
  }

  private static ScimAnswer page(long start, long count) {
    return list("startIndex", Long.toString(start), "count", Long.toString(count));
  }

  private static ScimAnswer list(String... query) {
    ScimRequest request = TENANT.get("/Users");
    for (int i = 0; i < query.length; i += 2) {
      request.query(query[i], query[i + 1]);
    }
    return request.expect(200);
  }
}
