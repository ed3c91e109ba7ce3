package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.Person.Address;
import com.phonemos.scim.idp.directory.Person.AppRole;
import com.phonemos.scim.idp.entra.EntraScope.AppRoles;
import com.phonemos.scim.idp.entra.EntraScope.Mapping;
import com.phonemos.scim.idp.entra.EntraScope.Matching;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Urn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which attribute of a person becomes which attribute of a SCIM user [D E1].
 *
 * <p>An attribute without a value is never sent: not on creation, and not to clear it [D E3, E5].
 */
final class EntraMapping {
  static final AttributePath USER_NAME = new AttributePath("userName");
  private static final AttributePath EXTERNAL_ID = new AttributePath("externalId");

  private record Rule(AttributePath target, Function<Person, Optional<String>> source) {
    static Rule always(AttributePath target, Function<Person, String> source) {
      return new Rule(target, person -> Optional.of(source.apply(person)));
    }

    static Rule of(String target, Function<Person, Optional<String>> source) {
      return new Rule(new AttributePath(target), source);
    }
  }

  /** The order of a captured update [O C1], extended by the documented one [D E2]. */
  private static List<Rule> reduced(AttributePath email) {
    return List.of(
        Rule.always(new AttributePath("displayName"), Person::displayName),
        new Rule(email, Person::email),
        Rule.always(USER_NAME, Person::userName),
        Rule.always(new AttributePath("name.givenName"), Person::givenName),
        Rule.always(new AttributePath("name.familyName"), Person::familyName),
        Rule.always(new AttributePath("name.formatted"), EntraMapping::formatted),
        Rule.of("preferredLanguage", Person::language));
  }

  private static final Rule EXTERNAL = Rule.always(EXTERNAL_ID, EntraMapping::mailNickname);

  private static final List<Rule> MORE =
      List.of(
          Rule.of("title", person -> person.job().title()),
          Rule.of("addresses[type eq \"work\"].formatted", person -> person.contact().office()),
          address("streetAddress", Address::street),
          address("locality", Address::locality),
          address("region", Address::region),
          address("postalCode", Address::postalCode),
          address("country", Address::country),
          Rule.of("phoneNumbers[type eq \"work\"].value", person -> person.contact().phone()),
          Rule.of("phoneNumbers[type eq \"mobile\"].value", person -> person.contact().mobile()),
          Rule.of("phoneNumbers[type eq \"fax\"].value", person -> person.contact().fax()),
          EXTERNAL,
          Rule.of(Urn.ENTERPRISE + ":employeeNumber", person -> person.job().employeeNumber()),
          Rule.of(Urn.ENTERPRISE + ":department", person -> person.job().department()));

  private final EntraScope scope;
  private final EntraShape shape;
  private final EntraRoles roles;
  private final EntraCreation creation;
  private final List<Rule> rules;

  EntraMapping(EntraScope scope, EntraShape shape) {
    this.scope = scope;
    this.shape = shape;
    this.roles = new EntraRoles(scope.roles(), shape);
    this.creation = new EntraCreation(shape, scope.active(), roles);
    this.rules = new ArrayList<>(reduced(shape.email()));
    if (scope.mapping() == Mapping.FULL) {
      rules.addAll(MORE);
    } else if (scope.matching().contains(Matching.EXTERNAL_ID)) {
      rules.add(EXTERNAL);
    }
    scope
        .custom()
        .ifPresent(path -> rules.add(new Rule(path, person -> person.job().employeeNumber())));
  }

  /** Whether managers are provisioned. */
  boolean managers() {
    return scope.mapping() == Mapping.FULL;
  }

  /** Whether accounts can be switched off; without that, they are deleted [D E3]. */
  boolean active() {
    return scope.active();
  }

  /** The attribute that a probe asks for: the first that users are found by [D E1]. */
  AttributePath matching() {
    return path(scope.matching().getFirst());
  }

  private AttributePath path(Matching matching) {
    return switch (matching) {
      case USER_NAME -> USER_NAME;
      case EXTERNAL_ID -> EXTERNAL_ID;
      case WORK_EMAIL -> shape.email();
    };
  }

  /** The requests that find a person's account, in the order of precedence [D E8]. */
  List<ScimRequest> lookUps(Person person) throws RequestFailed {
    Map<AttributePath, String> values = values(person);
    List<ScimRequest> lookUps = new ArrayList<>();
    for (Matching matching : scope.matching()) {
      AttributePath path = path(matching);
      Optional.ofNullable(values.get(path))
          .ifPresent(value -> lookUps.add(EntraRequests.lookUpUser(path, value)));
    }
    if (lookUps.isEmpty()) {
      throw new RequestFailed("skipped: the matching attribute has no value");
    }
    return lookUps;
  }

  /** How application roles are written. */
  EntraRoles roles() {
    return roles;
  }

  /**
   * What a read of the user must show. Of roles that were added as documents in strings nobody
   * knows what a server makes.
   */
  Map<AttributePath, String> expected(Person person) {
    Map<AttributePath, String> expected = values(person);
    if (scope.roles() == AppRoles.ASSERTIVE || shape.dialect() == Dialect.FLAG) {
      for (AppRole role : roles.mapped(person.roles())) {
        expected.put(
            new AttributePath("roles[value eq \"" + role.value() + "\"].value"), role.value());
      }
    }
    return expected;
  }

  /** Every attribute that has a value, in the order of an update. */
  Map<AttributePath, String> values(Person person) {
    Map<AttributePath, String> values = new LinkedHashMap<>();
    for (Rule rule : rules) {
      rule.source().apply(person).ifPresent(value -> values.put(rule.target(), value));
    }
    return values;
  }

  /** The body of a user's creation. */
  ObjectNode create(Person person) {
    return creation.user(values(person), person.roles());
  }

  /** The body of a group's creation. */
  ObjectNode create(GroupState group) {
    return creation.group(group.id(), group.displayName());
  }

  private static Rule address(String part, Function<Address, String> source) {
    return Rule.of(
        "addresses[type eq \"work\"]." + part, person -> person.contact().address().map(source));
  }

  private static String formatted(Person person) {
    return person.givenName() + " " + person.familyName();
  }

  private static String mailNickname(Person person) {
    int at = person.userName().indexOf('@');
    return at < 0 ? person.userName() : person.userName().substring(0, at);
  }
}
