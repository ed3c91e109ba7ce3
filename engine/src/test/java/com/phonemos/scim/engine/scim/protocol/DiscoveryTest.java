package com.phonemos.scim.engine.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.schema.Urn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String BASE = "https://ex.org/scim/v2";

  private final Discovery discovery =
      new Discovery(new Discovery.Pages(100, 1_000, Duration.ofMinutes(10)));

  @Test
  void theConfigurationHasWhatClientsRelyOn() {
    // When
    JsonNode config = discovery.serviceProviderConfig(BASE);
    // Then
    assertThat(config.at("/patch/supported").booleanValue()).isTrue();
    assertThat(config.at("/bulk/supported").booleanValue()).isFalse();
    assertThat(config.at("/bulk/maxOperations").isInt()).isTrue();
    assertThat(config.at("/bulk/maxPayloadSize").isInt()).isTrue();
    assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(1_000);
    assertThat(config.at("/etag/supported").booleanValue()).isTrue();
    assertThat(config.at("/sort/supported").isBoolean()).isTrue();
    assertThat(config.at("/changePassword/supported").isBoolean()).isTrue();
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
    assertThat(config.path("documentationUri").asText()).startsWith("https://");
    assertThat(config.at("/meta/location").asText()).isEqualTo(BASE + "/ServiceProviderConfig");
  }

  @Test
  void everyDocumentCanBeFetchedWhereItSaysItIs() {
    assertThat(discovery.schemas(SCHEMAS, BASE).path("Resources"))
        .hasSize(3)
        .allSatisfy(schema -> {
          String urn = schema.path("id").asText();
          assertThat(schema.at("/meta/location").asText()).isEqualTo(BASE + "/Schemas/" + urn);
          assertThat(discovery.schema(SCHEMAS, urn, BASE)).contains(schema.deepCopy());
        });
    assertThat(discovery.resourceTypes(SCHEMAS, BASE).path("Resources"))
        .hasSize(2)
        .allSatisfy(type ->
            assertThat(type.at("/meta/location").asText())
                .isEqualTo(BASE + "/ResourceTypes/" + type.path("id").asText()));
    assertThat(discovery.schema(SCHEMAS, "urn:nope", BASE)).isEmpty();
    assertThat(discovery.resourceType(SCHEMAS, "Nope", BASE)).isEmpty();
  }

  @Test
  void theSchemasAreComplete() {
    // Given
    JsonNode user = discovery.schema(SCHEMAS, Urn.USER, BASE).orElseThrow();
    JsonNode group = discovery.schema(SCHEMAS, Urn.GROUP, BASE).orElseThrow();
    // Then: what RFC 7643 §4.1, §4.2 and §4.3 list
    assertThat(user.path("attributes").findValuesAsText("name"))
        .contains("userName", "externalId", "x509Certificates", "groups", "honorificSuffix");
    assertThat(user.path("attributes")).hasSize(22);
    assertThat(group.path("attributes").findValuesAsText("name"))
        .contains("displayName", "externalId", "members", "$ref");
    assertThat(
            discovery.schema(SCHEMAS, Urn.ENTERPRISE_USER, BASE).orElseThrow().path("attributes"))
        .hasSize(6);
    // And every characteristic is spelled out
    assertThat(user.path("attributes"))
        .allSatisfy(attribute ->
            assertThat(attribute.properties())
                .extracting(java.util.Map.Entry::getKey)
                .contains("name", "type", "multiValued", "required", "mutability", "returned"));
    for (JsonNode attribute : user.path("attributes")) {
      if (attribute.path("name").asText().equals("emails")) {
        assertThat(attribute.toString())
            .contains("\"canonicalValues\":[\"work\",\"home\",\"other\"]");
      }
    }
  }

  @Test
  void anErrorHasTheMembersOfTheRfcAndNoOther() {
    assertThat(ErrorBody.of(ScimError.uniqueness("userName")).toString())
        .isEqualTo(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"409\","
                + "\"scimType\":\"uniqueness\",\"detail\":"
                + "\"Expected a unique userName, but another resource has this value\"}");
    assertThat(ErrorBody.of(ScimError.of(413, "x")).has("scimType")).isFalse();
  }
}
