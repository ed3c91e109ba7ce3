package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Takes ServiceProviderConfig (RFC 7643 §5) at its word: each of its claims is used; those of bulk
 * by {@link BulkEndpointTest}, and how long a cursor lives by {@link CursorsTest}.
 */
class ServiceProviderConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScimTenant tenant = TestEngine.tenant();
  private final ScimAnswer config = tenant.get("/ServiceProviderConfig").expect(200);

  @Test
  void itClaimsNothingThatIsNotTestedHere() {
    assertThat(config.body().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "schemas",
            "documentationUri",
            "patch",
            "bulk",
            "filter",
            "changePassword",
            "sort",
            "etag",
            "pagination",
            "authenticationSchemes",
            "meta");
    assertThat(config.text("/documentationUri")).startsWith("https://");
    assertThat(config.text("/meta/location")).isEqualTo(tenant.base() + "/ServiceProviderConfig");
  }

  @Test
  void itIsReadWithoutATokenButNotWithAWrongOne() {
    // When
    ScimAnswer anonymous =
        tenant.get("/ServiceProviderConfig").without("Authorization").expect(200);
    // Then
    assertThat(anonymous.body()).isEqualTo(config.body());
    tenant.get("/ServiceProviderConfig").header("Authorization", "Bearer x").expect(401);
    tenant.get("/Schemas").without("Authorization").expect(401);
  }

  @Test
  void patchIsSupported() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    // When
    ScimAnswer patched = tenant.patchUser(anna).replace("title", "Dr.").expect(200);
    // Then
    assertThat(config.at("/patch/supported").booleanValue()).isTrue();
    assertThat(patched.text("/title")).isEqualTo("Dr.");
  }

  @Test
  void filterIsSupportedForAsManyResultsAsItSays() {
    // Given
    int max = config.at("/filter/maxResults").intValue();
    IntStream.rangeClosed(0, max)
        .mapToObj(number -> tenant.user("user-" + number).create().sendAsync())
        .toList()
        .forEach(created -> assertThat(created.join().status()).isEqualTo(201));
    // When
    ScimAnswer found =
        tenant
            .get("/Users")
            .query("filter", "userName sw \"user-\"")
            .query("count", "100000")
            .expect(200);
    // Then
    assertThat(config.at("/filter/supported").booleanValue()).isTrue();
    assertThat(found.at("/totalResults").intValue()).isEqualTo(max + 1);
    assertThat(found.at("/Resources")).hasSize(max);
  }

  @Test
  void passwordsAreNotChanged() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    // When
    ScimAnswer patched = tenant.patchUser(anna).replace("password", "secret").expect(200);
    // Then
    assertThat(config.at("/changePassword/supported").booleanValue()).isFalse();
    assertThat(patched.body().toString()).doesNotContain("secret");
    assertThat(tenant.readUser(anna).expect(200).revision()).isEqualTo(1);
  }

  @Test
  void sortIsSupported() {
    // Given
    List.of("b", "c", "a").forEach(name -> tenant.user(name).create().expect(201));
    // When
    ScimAnswer sorted =
        tenant
            .get("/Users")
            .query("sortBy", "userName")
            .query("sortOrder", "descending")
            .expect(200);
    // Then
    assertThat(config.at("/sort/supported").booleanValue()).isTrue();
    assertThat(sorted.each("/Resources", "userName")).containsExactly("c", "b", "a");
  }

  @Test
  void etagIsSupported() {
    // Given
    ScimAnswer anna = tenant.user("anna").create().expect(201);
    // When
    ScimAnswer again = tenant.readUser(anna.id()).header("If-None-Match", anna.etag()).expect(304);
    // Then
    assertThat(config.at("/etag/supported").booleanValue()).isTrue();
    assertThat(again.etag()).isEqualTo(anna.etag()).isEqualTo(anna.text("/meta/version"));
    tenant.deleteUser(anna.id()).header("If-Match", "W/\"0\"").expect(412);
  }

  @Test
  @Clause("rfc9865/2.4/1")
  void pagesAreMadeBothWaysAndOfTheSizeItSays() {
    // Given
    JsonNode pagination = config.at("/pagination");
    int size = pagination.path("defaultPageSize").intValue();
    IntStream.rangeClosed(0, size)
        .forEach(number -> tenant.user("user-" + number).create().expect(201));
    // When
    ScimAnswer byDefault = tenant.get("/Users").expect(200);
    ScimAnswer byIndex = tenant.get("/Users?startIndex=2").expect(200);
    ScimAnswer byCursor = tenant.get("/Users?cursor").expect(200);
    // Then
    assertThat(pagination.path("index").booleanValue()).isTrue();
    assertThat(pagination.path("cursor").booleanValue()).isTrue();
    assertThat(pagination.path("defaultPaginationMethod").asText()).isEqualTo("index");
    assertThat(pagination.path("maxPageSize").intValue()).isEqualTo(TestEngine.MAX_PAGE);
    assertThat(pagination.path("cursorTimeout").intValue()).isPositive();
    assertThat(byDefault.at("/Resources")).hasSize(size);
    assertThat(byDefault.at("/startIndex").intValue()).isEqualTo(1);
    assertThat(byIndex.at("/startIndex").intValue()).isEqualTo(2);
    assertThat(byCursor.text("/nextCursor")).matches("[A-Za-z0-9._~-]+");
    assertThat(
            tenant
                .get("/Users?cursor=" + byCursor.text("/nextCursor"))
                .expect(200)
                .at("/Resources"))
        .hasSize(1);
  }

  @Test
  void aBearerTokenIsTheOneWayIn() {
    assertThat(config.at("/authenticationSchemes")).hasSize(1);
    assertThat(config.text("/authenticationSchemes/0/type")).isEqualTo("oauthbearertoken");
    assertThat(config.text("/authenticationSchemes/0/specUri")).startsWith("https://");
    tenant.get("/Users").header("Authorization", "Bearer " + tenant.token()).expect(200);
    tenant.get("/Users").header("Authorization", "Basic dTpw").expect(401);
  }
}
