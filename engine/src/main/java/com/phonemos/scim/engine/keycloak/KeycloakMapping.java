package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * SCIM resources in Keycloak's terms. What is not named here never reaches Keycloak: no credential,
 * role, required action or group path can come from an identity provider.
 */
final class KeycloakMapping {
  static final String SCIM_ID = "scimId";
  static final String EXTERNAL_ID = "externalId";
  static final String DISPLAY_NAME = "displayName";
  static final String LOCALE = "locale";

  /** Keycloak answers 500 to longer names, again and again. */
  static final int GROUP_NAME_LIMIT = 255;

  private KeycloakMapping() {}

  /** People log in with their work e-mail address, or with their user name if they have none. */
  static KeycloakUser user(UUID id, Attributes attributes) {
    Optional<String> work = email(attributes, KeycloakMapping::isWork);
    return new KeycloakUser(
        id,
        work.or(() -> text(attributes, "userName").map(String::strip)).orElse(""),
        work.or(() -> email(attributes, any -> true)),
        text(attributes, "name", "givenName"),
        text(attributes, "name", "familyName"),
        attributes.active(),
        text(attributes, "externalId"),
        text(attributes, "displayName"),
        text(attributes, "locale")
            .or(() -> text(attributes, "preferredLanguage"))
            .flatMap(KeycloakMapping::languageTag));
  }

  /**
   * @throws KeycloakException with {@link Problem.Rejected} for a name that Keycloak cannot store
   */
  static KeycloakGroup group(UUID id, Attributes attributes) {
    String name = text(attributes, "displayName").orElse("");
    if (name.length() > GROUP_NAME_LIMIT) {
      throw new KeycloakException(
          new Problem.Rejected(
              "Expected displayName to have at most "
                  + GROUP_NAME_LIMIT
                  + " characters, as Keycloak's group names have, but it has "
                  + name.length()));
    }
    return new KeycloakGroup(id, name, text(attributes, "externalId"));
  }

  /** The resource that an account or group says it belongs to. */
  static Optional<UUID> scimId(ObjectNode representation) {
    String id = representation.path("attributes").path(SCIM_ID).path(0).asText("");
    try {
      return id.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String id(ObjectNode representation) {
    return representation.path("id").asText("");
  }

  private static Optional<String> email(Attributes attributes, Predicate<JsonNode> wanted) {
    Optional<String> first = Optional.empty();
    for (JsonNode email : attributes.json().path("emails")) {
      String value = email.path("value").asText("").strip();
      if (value.isEmpty() || !wanted.test(email)) {
        continue;
      }
      if (email.path("primary").asBoolean(false)) {
        return Optional.of(value);
      }
      first = first.or(() -> Optional.of(value));
    }
    return first;
  }

  /** An address without a type is one that a company gave, too. */
  private static boolean isWork(JsonNode email) {
    return email.path("type").asText("work").equalsIgnoreCase("work");
  }

  /** RFC 7643 §4.1.1 allows the form of {@code Accept-Language}; the first one is the preferred. */
  private static Optional<String> languageTag(String language) {
    String tag = language.split("[,;]", 2)[0].strip().replace('_', '-');
    return tag.isEmpty() || tag.equals("*") ? Optional.empty() : Optional.of(tag);
  }

  private static Optional<String> text(Attributes attributes, String... names) {
    return attributes.text(names).filter(text -> !text.isBlank());
  }

  /** Names of the roles' holders are no concern here: only whether there are any. */
  static boolean hasRoles(ObjectNode group) {
    return !group.path("realmRoles").isEmpty()
        || StreamSupport.stream(group.path("clientRoles").spliterator(), false)
            .anyMatch(roles -> !roles.isEmpty());
  }
}
