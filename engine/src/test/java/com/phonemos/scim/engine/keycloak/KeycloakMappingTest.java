package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeycloakMappingTest {
  private static final UUID ID = new UUID(1, 2);

  @Test
  void thePrimaryWorkAddressIsTheLoginName() {
    // Given
    Attributes attributes =
        attributes(
            """
            {"userName": "alice", "emails": [
              {"value": "home@example.com", "type": "home", "primary": true},
              {"value": "first@example.com", "type": "work"},
              {"value": "Main@Example.com", "type": "WORK", "primary": true}]}
            """);
    // When
    KeycloakUser user = KeycloakMapping.user(ID, attributes);
    // Then
    assertThat(user.username()).isEqualTo("Main@Example.com");
    assertThat(user.email()).hasValue("Main@Example.com");
  }

  @Test
  void withoutAWorkAddressTheUserNameIsTheLoginName() {
    // Given
    Attributes attributes =
        attributes(
            """
            {"userName": "alice", "emails": [{"value": "a@example.com", "type": "home"}]}
            """);
    // When
    KeycloakUser user = KeycloakMapping.user(ID, attributes);
    // Then
    assertThat(user.username()).isEqualTo("alice");
    assertThat(user.email()).hasValue("a@example.com");
    assertThat(user.enabled()).isTrue();
  }

  @Test
  void onlyKnownFieldsReachKeycloak() {
    // Given
    Attributes attributes =
        attributes(
            """
            {"userName": "alice", "password": "secret", "id": "x", "realmRoles": ["admin"],
             "requiredActions": ["X"], "roles": [{"value": "admin"}], "entitlements": [{}],
             "groups": ["/admins"], "credentials": [{}], "nickName": "Al"}
            """);
    // When
    ObjectNode representation = KeycloakMapping.user(ID, attributes).representation();
    // Then
    assertThat(representation.toString())
        .isEqualTo(
            "{\"username\":\"alice\",\"emailVerified\":true,\"enabled\":true,"
                + "\"attributes\":{\"scimId\":[\""
                + ID
                + "\"]}}");
  }

  @ParameterizedTest
  @CsvSource({"de-DE, de-DE", "de_CH, de-CH", "'da, en-gb;q=0.8', da", "en;q=1, en"})
  void theLanguageIsTheFirstThatIsPreferred(String preferred, String locale) {
    // Given
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("userName", "alice").put("preferredLanguage", preferred);
    // When
    KeycloakUser user = KeycloakMapping.user(ID, Attributes.of(tree));
    // Then
    assertThat(user.locale()).hasValue(locale);
  }

  @Test
  void namesAreComparedAsKeycloakStoresThem() {
    // Given
    KeycloakUser user =
        KeycloakMapping.user(
            ID,
            attributes(
                """
                {"userName": "Alice", "emails": [{"value": "Alice@Example.COM"}],
                 "preferredLanguage": "de"}
                """));
    ObjectNode stored =
        json(
            """
            {"id": "k", "username": "alice@example.com", "email": "alice@example.com",
             "emailVerified": true, "enabled": true,
             "attributes": {"scimId": ["%s"], "badge": ["42"], "locale": ["fr"]}}
            """
                .formatted(ID));
    // When
    boolean unchanged = user.differences(stored, false).isEmpty();
    boolean changed = user.differences(stored, true).isEmpty();
    // Then
    assertThat(unchanged).as("the user chose French").isTrue();
    assertThat(changed).as("the identity provider says German").isFalse();
  }

  @Test
  void attributesThatAreNotOursSurviveAnUpdate() {
    // Given
    KeycloakUser user = KeycloakMapping.user(ID, attributes("{\"userName\": \"alice\"}"));
    ObjectNode stored =
        json(
            """
            {"id": "k", "username": "alice", "firstName": "Old",
             "attributes": {"externalId": ["old"], "badge": ["42"], "locale": ["fr"]}}
            """);
    // When
    ObjectNode merged = user.mergedInto(stored, true);
    // Then
    assertThat(merged.has("id")).isFalse();
    assertThat(merged.has("firstName")).isFalse();
    assertThat(merged.path("attributes"))
        .isEqualTo(
            json(
                """
                {"badge": ["42"], "locale": ["fr"], "scimId": ["%s"]}
                """
                    .formatted(ID)));
  }

  @Test
  void aGroupNameThatKeycloakCannotStoreIsRejectedBeforeItIsSent() {
    // Given
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("displayName", "x".repeat(256));
    // When, Then
    assertThatThrownBy(() -> KeycloakMapping.group(ID, Attributes.of(tree)))
        .isInstanceOf(KeycloakException.class)
        .hasMessageContaining("at most 255")
        .extracting(Problem::of)
        .isInstanceOf(Problem.Rejected.class);
  }

  @Test
  void aGroupKeepsItsDescriptionAndForeignAttributes() {
    // Given
    KeycloakGroup group = new KeycloakGroup(ID, "Staff", Optional.of("e1"));
    ObjectNode stored =
        json(
            """
            {"id": "k", "name": "Old", "path": "/Old", "description": "All",
             "attributes": {"cost": ["7"]}, "subGroups": [], "realmRoles": []}
            """);
    // When
    ObjectNode merged = group.mergedInto(stored);
    // Then
    assertThat(merged)
        .isEqualTo(
            json(
                """
                {"name": "Staff", "description": "All",
                 "attributes": {"cost": ["7"], "scimId": ["%s"], "externalId": ["e1"]}}
                """
                    .formatted(ID)));
    assertThat(group.differences(merged)).isEmpty();
    assertThat(group.differences(stored)).isNotEmpty();
  }

  private static Attributes attributes(String json) {
    return Attributes.of(json(json));
  }

  private static ObjectNode json(String json) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
