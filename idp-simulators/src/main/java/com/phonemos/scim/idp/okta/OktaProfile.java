package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Okta's view of a person as a SCIM user. Okta's own profile requires an e-mail address, so that
 * somebody without one has the sign-in name there [M].
 */
final class OktaProfile {
  private final boolean emailType;

  OktaProfile(OktaShape shape) {
    this.emailType = shape.emailType();
  }

  /** The body of a creation, its members in the order of a capture [O A]. */
  ObjectNode create(Person person) {
    ObjectNode user = Json.object();
    user.set("schemas", Json.array(Urn.USER));
    user.put("userName", person.userName());
    user.putObject("name")
        .put("givenName", person.givenName())
        .put("familyName", person.familyName());
    email(user.putArray("emails").addObject(), person);
    user.put("displayName", person.displayName());
    locale(person).ifPresent(locale -> user.put("locale", locale));
    user.put("externalId", OktaIdentity.externalId(person.id()));
    user.putArray("groups");
    user.put("password", OktaIdentity.password(person.id()));
    user.put("active", true);
    return user;
  }

  private void email(ObjectNode email, Person person) {
    email.put("primary", true).put("value", address(person));
    if (emailType) {
      email.put("type", "work");
    }
  }

  /**
   * Overwrites the mapped attributes of a user as the endpoint returned it. Everything else is sent
   * back as it came [D K1] [O A, B].
   */
  void overwrite(ObjectNode user, Person person) {
    user.put("userName", person.userName());
    ObjectNode name =
        user.path("name") instanceof ObjectNode present ? present : user.putObject("name");
    name.put("givenName", person.givenName());
    name.put("familyName", person.familyName());
    overwriteEmail(user, person);
    user.put("displayName", person.displayName());
    locale(person).ifPresent(locale -> user.put("locale", locale));
    user.put("externalId", OktaIdentity.externalId(person.id()));
  }

  private void overwriteEmail(ObjectNode user, Person person) {
    for (JsonNode email : user.path("emails")) {
      boolean ours =
          emailType
              ? email.path("type").asText().equals("work")
              : email.path("primary").asBoolean();
      if (ours && email instanceof ObjectNode present) {
        present.put("value", address(person));
        return;
      }
    }
    email(user.putArray("emails").addObject(), person);
  }

  /** What a read of the user must show. */
  Map<AttributePath, String> values(Person person) {
    Map<AttributePath, String> values = new LinkedHashMap<>();
    values.put(new AttributePath("userName"), person.userName());
    values.put(new AttributePath("name.givenName"), person.givenName());
    values.put(new AttributePath("name.familyName"), person.familyName());
    values.put(
        new AttributePath(
            emailType ? "emails[type eq \"work\"].value" : "emails[primary eq true].value"),
        address(person));
    values.put(new AttributePath("displayName"), person.displayName());
    locale(person).ifPresent(locale -> values.put(new AttributePath("locale"), locale));
    values.put(new AttributePath("externalId"), OktaIdentity.externalId(person.id()));
    return values;
  }

  private static String address(Person person) {
    return person.email().orElse(person.userName());
  }

  private static Optional<String> locale(Person person) {
    return person.language();
  }
}
