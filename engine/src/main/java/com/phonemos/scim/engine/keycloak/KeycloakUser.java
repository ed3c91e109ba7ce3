package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Difference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An account as it should be in Keycloak. Everything else that an account there may have (other
 * attributes, credentials, roles) is none of our business and is kept.
 *
 * @param locale preferred language; users may choose another one themselves
 */
record KeycloakUser(
    UUID scimId,
    String username,
    Optional<String> email,
    Optional<String> firstName,
    Optional<String> lastName,
    boolean enabled,
    Optional<String> externalId,
    Optional<String> displayName,
    Optional<String> locale) {

  static final String ENABLED = "enabled";

  /** For an account that does not exist yet. */
  ObjectNode representation() {
    return representation(JsonNodeFactory.instance.objectNode(), locale);
  }

  /**
   * For an account that exists, with those attributes of it that we do not manage.
   *
   * @param withLocale false: the language that the user chose is kept
   */
  ObjectNode mergedInto(ObjectNode actual, boolean withLocale) {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    if (actual.path("attributes") instanceof ObjectNode attributes) {
      others = attributes.deepCopy();
    }
    others.remove(KeycloakMapping.EXTERNAL_ID);
    others.remove(KeycloakMapping.DISPLAY_NAME);
    return representation(others, withLocale ? locale : Optional.empty());
  }

  /** The same under a name that nobody else can want, until its own is free. */
  KeycloakUser withoutName() {
    return new KeycloakUser(
        scimId,
        scimId.toString(),
        Optional.empty(),
        firstName,
        lastName,
        enabled,
        externalId,
        displayName,
        locale);
  }

  /** Shuts an account and leaves everything else as it is. */
  static ObjectNode shut() {
    return JsonNodeFactory.instance.objectNode().put("enabled", false);
  }

  /** Shuts an account without any of the data that Keycloak may find fault with. */
  ObjectNode shutAndBare(ObjectNode actual) {
    ObjectNode user = shut();
    user.set("username", actual.path("username"));
    user.putObject("attributes").putArray(KeycloakMapping.SCIM_ID).add(scimId.toString());
    return user;
  }

  /**
   * For an account of which nothing personal may be left. Its name is its own, so that what the
   * person wrote stays one person's.
   */
  static ObjectNode anonymous(UUID scimId) {
    ObjectNode user = shut();
    user.put("username", "deleted-" + scimId);
    user.put("emailVerified", false);
    user.put("firstName", "Deleted");
    user.put("lastName", "User " + scimId.toString().substring(0, 8));
    user.putObject("attributes").putArray(KeycloakMapping.SCIM_ID).add(scimId.toString());
    return user;
  }

  /**
   * In what an account is not as it should be; names are compared as Keycloak stores them.
   *
   * @param withLocale false: the language that the user chose is no difference
   */
  List<Difference> differences(ObjectNode actual, boolean withLocale) {
    Comparison comparison = new Comparison();
    comparison.of("username", username.toLowerCase(Locale.ROOT), lower(actual, "username"));
    comparison.of("email", email.orElse("").toLowerCase(Locale.ROOT), lower(actual, "email"));
    comparison.of("emailVerified", "true", actual.path("emailVerified").asText("false"));
    comparison.of("firstName", firstName.orElse(""), actual.path("firstName").asText(""));
    comparison.of("lastName", lastName.orElse(""), actual.path("lastName").asText(""));
    comparison.of(ENABLED, Boolean.toString(enabled), actual.path(ENABLED).asText("false"));
    comparison.ofAttribute(KeycloakMapping.SCIM_ID, scimId.toString(), actual);
    comparison.ofAttribute(KeycloakMapping.EXTERNAL_ID, externalId.orElse(""), actual);
    comparison.ofAttribute(KeycloakMapping.DISPLAY_NAME, displayName.orElse(""), actual);
    if (withLocale && locale.isPresent()) {
      comparison.ofAttribute(KeycloakMapping.LOCALE, locale.get(), actual);
    }
    return comparison.differences();
  }

  private ObjectNode representation(ObjectNode attributes, Optional<String> pushedLocale) {
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.put("username", username);
    email.ifPresent(value -> user.put("email", value));
    user.put("emailVerified", true);
    firstName.ifPresent(value -> user.put("firstName", value));
    lastName.ifPresent(value -> user.put("lastName", value));
    user.put("enabled", enabled);
    managed(pushedLocale).forEach((name, value) -> attributes.putArray(name).add(value));
    user.set("attributes", attributes);
    return user;
  }

  private Map<String, String> managed(Optional<String> pushedLocale) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(KeycloakMapping.SCIM_ID, scimId.toString());
    externalId.ifPresent(value -> attributes.put(KeycloakMapping.EXTERNAL_ID, value));
    displayName.ifPresent(value -> attributes.put(KeycloakMapping.DISPLAY_NAME, value));
    pushedLocale.ifPresent(value -> attributes.put(KeycloakMapping.LOCALE, value));
    return attributes;
  }

  private static String lower(ObjectNode actual, String field) {
    return actual.path(field).asText("").toLowerCase(Locale.ROOT);
  }

  /** Without what it says about a person. */
  @Override
  public String toString() {
    return "KeycloakUser[" + scimId + "]";
  }
}
