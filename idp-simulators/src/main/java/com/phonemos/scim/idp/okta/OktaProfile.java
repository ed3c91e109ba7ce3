package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup.Identifier;
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
  private static final AttributePath TITLE = new AttributePath("title");
  private static final AttributePath DEPARTMENT = new AttributePath(Urn.ENTERPRISE + ":department");

  private final boolean emailType;
  private final boolean job;
  private final Identifier identifier;
  private final OktaEntitlements entitlements;

  OktaProfile(OktaShape shape, OktaEntitlements entitlements) {
    this.emailType = shape.emailType();
    this.job = shape.job();
    this.identifier = shape.userLookup().identifier();
    this.entitlements = entitlements;
  }

  /** The body of a creation, its members in the order of a capture [O A]. */
  ObjectNode create(Person person) {
    ObjectNode user = Json.object();
    Optional<String> department = department(person);
    user.set(
        "schemas",
        department.isPresent() ? Json.array(Urn.USER, Urn.ENTERPRISE) : Json.array(Urn.USER));
    user.put("userName", person.userName());
    user.putObject("name")
        .put("givenName", person.givenName())
        .put("familyName", person.familyName());
    email(user.putArray("emails").addObject(), person);
    title(person).ifPresent(title -> user.put("title", title));
    user.put("displayName", person.displayName());
    locale(person).ifPresent(locale -> user.put("locale", locale));
    user.put("externalId", OktaIdentity.externalId(person.id()));
    department.ifPresent(name -> user.putObject(Urn.ENTERPRISE).put("department", name));
    user.putArray("groups");
    entitlements.write(user, person);
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
    title(person).ifPresent(title -> user.put("title", title));
    department(person).ifPresent(unit -> enterprise(user).put("department", unit));
    entitlements.write(user, person);
  }

  /** The extension, named among the schemas if it is new (RFC 7643 §3). */
  private static ObjectNode enterprise(ObjectNode user) {
    if (user.path(Urn.ENTERPRISE) instanceof ObjectNode present) {
      return present;
    }
    user.withArray("schemas").add(Urn.ENTERPRISE);
    return user.putObject(Urn.ENTERPRISE);
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
    title(person).ifPresent(title -> values.put(TITLE, title));
    department(person).ifPresent(name -> values.put(DEPARTMENT, name));
    values.putAll(entitlements.values(person));
    return values;
  }

  /** What the person's account is looked up by. */
  String identifier(Person person) {
    return switch (identifier) {
      case USER_NAME -> person.userName();
      case EMAIL -> address(person);
    };
  }

  private static String address(Person person) {
    return person.email().orElse(person.userName());
  }

  private Optional<String> title(Person person) {
    return job ? person.job().title() : Optional.empty();
  }

  private Optional<String> department(Person person) {
    return job ? person.job().department() : Optional.empty();
  }

  private static Optional<String> locale(Person person) {
    return person.language();
  }
}
