package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.entra.EntraOptions.Mapping;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which attribute of a person becomes which attribute of a SCIM user [D E1].
 *
 * <p>An attribute without a value is never sent: not on creation, and not to clear it [D E3, E5].
 */
final class EntraMapping {
  static final AttributePath USER_NAME = new AttributePath("userName");
  private static final AttributePath EXTERNAL_ID = new AttributePath("externalId");
  private static final AttributePath DISPLAY_NAME = new AttributePath("displayName");
  private static final AttributePath WORK_EMAIL =
      new AttributePath("emails[type eq \"work\"].value");
  private static final AttributePath LANGUAGE = new AttributePath("preferredLanguage");
  private static final AttributePath GIVEN_NAME = new AttributePath("name.givenName");
  private static final AttributePath FAMILY_NAME = new AttributePath("name.familyName");
  private static final AttributePath FORMATTED = new AttributePath("name.formatted");
  private static final AttributePath TITLE = new AttributePath("title");
  private static final AttributePath EMPLOYEE_NUMBER =
      new AttributePath(Urn.ENTERPRISE + ":employeeNumber");
  private static final AttributePath DEPARTMENT = new AttributePath(Urn.ENTERPRISE + ":department");

  private record Rule(AttributePath target, Function<Person, Optional<String>> source) {}

  private final boolean full;
  private final List<Rule> rules;

  EntraMapping(Mapping mapping) {
    this.full = mapping == Mapping.FULL;
    // The order of a captured update [O C1], extended by the documented one [D E2].
    List<Rule> reduced =
        List.of(
            new Rule(DISPLAY_NAME, person -> Optional.of(person.displayName())),
            new Rule(WORK_EMAIL, Person::email),
            new Rule(USER_NAME, person -> Optional.of(person.userName())),
            new Rule(GIVEN_NAME, person -> Optional.of(person.givenName())),
            new Rule(FAMILY_NAME, person -> Optional.of(person.familyName())),
            new Rule(FORMATTED, person -> Optional.of(formatted(person))),
            new Rule(LANGUAGE, Person::language));
    List<Rule> more =
        List.of(
            new Rule(TITLE, Person::title),
            new Rule(EXTERNAL_ID, person -> Optional.of(mailNickname(person))),
            new Rule(EMPLOYEE_NUMBER, Person::employeeNumber),
            new Rule(DEPARTMENT, Person::department));
    this.rules = full ? Stream.concat(reduced.stream(), more.stream()).toList() : reduced;
  }

  /** Whether managers are provisioned. */
  boolean managers() {
    return full;
  }

  /** Every attribute that has a value, in the order of an update. */
  Map<AttributePath, String> values(Person person) {
    Map<AttributePath, String> values = new LinkedHashMap<>();
    for (Rule rule : rules) {
      rule.source().apply(person).ifPresent(value -> values.put(rule.target(), value));
    }
    return values;
  }

  /** The body of a creation: after {@code active} the members are in alphabetical order [I E1]. */
  ObjectNode create(Person person) {
    ObjectNode user = Json.object();
    user.set("schemas", Json.array(Urn.USER, Urn.ENTERPRISE));
    if (full) {
      user.put("externalId", mailNickname(person));
    }
    user.put("userName", person.userName());
    user.put("active", true);
    user.put("displayName", person.displayName());
    person
        .email()
        .ifPresent(address ->
            user.putArray("emails")
                .addObject()
                .put("primary", true)
                .put("type", "work")
                .put("value", address));
    user.putObject("meta").put("resourceType", "User");
    user.putObject("name")
        .put("formatted", formatted(person))
        .put("familyName", person.familyName())
        .put("givenName", person.givenName());
    person.language().ifPresent(tag -> user.put("preferredLanguage", tag));
    user.putArray("roles");
    if (full) {
      person.title().ifPresent(title -> user.put("title", title));
      ObjectNode enterprise = Json.object();
      person.employeeNumber().ifPresent(number -> enterprise.put("employeeNumber", number));
      person.department().ifPresent(department -> enterprise.put("department", department));
      if (!enterprise.isEmpty()) {
        user.set(Urn.ENTERPRISE, enterprise);
      }
    }
    return user;
  }

  private static String formatted(Person person) {
    return person.givenName() + " " + person.familyName();
  }

  private static String mailNickname(Person person) {
    int at = person.userName().indexOf('@');
    return at < 0 ? person.userName() : person.userName().substring(0, at);
  }
}
