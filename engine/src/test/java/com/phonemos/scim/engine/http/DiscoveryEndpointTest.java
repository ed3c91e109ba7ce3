package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §4. */
class DiscoveryEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();

  @Test
  void theServiceProviderConfigSaysWhatIsServed() {
    // When
    ScimAnswer config = tenant.get("/ServiceProviderConfig").expect(200);
    // Then
    assertThat(config.at("/patch/supported").booleanValue()).isTrue();
    assertThat(config.at("/filter/supported").booleanValue()).isTrue();
    assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(TestEngine.MAX_PAGE);
    assertThat(config.at("/etag/supported").booleanValue()).isTrue();
    assertThat(config.at("/bulk/supported").booleanValue()).isTrue();
    assertThat(config.text("/authenticationSchemes/0/type")).isEqualTo("oauthbearertoken");
  }

  @ParameterizedTest
  @Clause("rfc7644/4/3")
  @ValueSource(strings = {"/ResourceTypes", "/Schemas"})
  void everyListedDocumentIsWhereItSays(String endpoint) {
    // When
    ScimAnswer list = tenant.get(endpoint).expect(200);
    // Then
    assertThat(list.at("/Resources")).isNotEmpty();
    list.at("/Resources")
        .forEach(document -> {
          String location = document.at("/meta/location").asText();
          assertThat(location).startsWith(tenant.base() + endpoint);
          String path = location.substring(tenant.base().length());
          assertThat(tenant.get(path).expect(200).body()).isEqualTo(document);
        });
  }

  @Test
  void usersAndGroupsAreTheResourceTypes() {
    // When
    ScimAnswer types = tenant.get("/ResourceTypes").expect(200);
    // Then
    assertThat(types.each("/Resources", "endpoint")).containsExactlyInAnyOrder("/Users", "/Groups");
  }

  @Test
  @Clause("rfc7644/3.1/3")
  void theSchemasAreThoseOfTheResourceTypes() {
    // When
    ScimAnswer schemas = tenant.get("/Schemas").expect(200);
    // Then
    assertThat(schemas.each("/Resources", "id"))
        .containsExactlyInAnyOrder(
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:core:2.0:Group",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
  }

  @Test
  void bothBasePathsServeTheSameAndNameThemselves() {
    // Given
    ScimTenant other = tenant.at("http://127.0.0.1:" + TestEngine.port() + "/_api/scim/v2");
    // When
    ScimAnswer created = other.user("anna").create().expect(201);
    // Then
    assertThat(created.header("Location")).isEqualTo(other.base() + "/Users/" + created.id());
    assertThat(tenant.readUser(created.id()).expect(200).text("/meta/location"))
        .isEqualTo(tenant.base() + "/Users/" + created.id());
  }
}
