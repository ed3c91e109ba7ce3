package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.entra.EntraShape.Creation;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a user's creation: schemas, externalId, userName and active first, everything after
 * them in alphabetical order as in the documents [I E1]. {@code roles} is always there, and empty.
 */
final class EntraCreation {
  private static final List<String> ADDRESS =
      List.of("formatted", "streetAddress", "locality", "region", "postalCode", "country");
  private static final List<String> PHONES = List.of("work", "mobile", "fax");
  private static final List<String> ENTERPRISE = List.of("employeeNumber", "department");

  private final Creation shape;

  EntraCreation(Creation shape) {
    this.shape = shape;
  }

  ObjectNode of(Map<AttributePath, String> values) {
    ObjectNode user = Json.object();
    ObjectNode enterprise = parts(values, ENTERPRISE, Urn.ENTERPRISE + ":");
    boolean urn = shape.enterpriseUrn() || !enterprise.isEmpty();
    user.set("schemas", urn ? Json.array(Urn.USER, Urn.ENTERPRISE) : Json.array(Urn.USER));
    put(user, values, "externalId", false);
    put(user, values, "userName", false);
    user.put("active", true);
    addresses(user, values);
    put(user, values, "displayName", shape.nulls());
    emails(user, values);
    user.putObject("meta").put("resourceType", "User");
    user.set("name", parts(values, List.of("formatted", "familyName", "givenName"), "name."));
    phoneNumbers(user, values);
    put(user, values, "preferredLanguage", shape.nulls());
    user.putArray("roles");
    put(user, values, "title", shape.nulls());
    if (!enterprise.isEmpty()) {
      user.set(Urn.ENTERPRISE, enterprise);
    }
    return user;
  }

  private void addresses(ObjectNode user, Map<AttributePath, String> values) {
    ObjectNode address = parts(values, ADDRESS, "addresses[type eq \"work\"].");
    if (!address.isEmpty()) {
      user.putArray("addresses")
          .addObject()
          .put("primary", true)
          .put("type", "work")
          .setAll(address);
    } else if (shape.nulls()) {
      user.putNull("addresses");
    }
  }

  private static void emails(ObjectNode user, Map<AttributePath, String> values) {
    value(values, "emails[type eq \"work\"].value")
        .ifPresent(address ->
            user.putArray("emails")
                .addObject()
                .put("primary", true)
                .put("type", "work")
                .put("value", address));
  }

  private void phoneNumbers(ObjectNode user, Map<AttributePath, String> values) {
    List<String> present =
        PHONES.stream().filter(type -> value(values, phone(type)).isPresent()).toList();
    for (String type : present) {
      user.withArray("phoneNumbers")
          .addObject()
          .put("primary", type.equals("work"))
          .put("type", type)
          .put("value", value(values, phone(type)).orElseThrow());
    }
    if (present.isEmpty() && shape.nulls()) {
      user.putNull("phoneNumbers");
    }
  }

  private static String phone(String type) {
    return "phoneNumbers[type eq \"" + type + "\"].value";
  }

  private static void put(
      ObjectNode user, Map<AttributePath, String> values, String name, boolean evenNull) {
    Optional<String> value = value(values, name);
    if (value.isPresent() || evenNull) {
      user.put(name, value.orElse(null));
    }
  }

  private static ObjectNode parts(
      Map<AttributePath, String> values, List<String> names, String prefix) {
    ObjectNode parts = Json.object();
    names.forEach(name -> value(values, prefix + name).ifPresent(value -> parts.put(name, value)));
    return parts;
  }

  private static Optional<String> value(Map<AttributePath, String> values, String path) {
    return Optional.ofNullable(values.get(new AttributePath(path)));
  }
}
