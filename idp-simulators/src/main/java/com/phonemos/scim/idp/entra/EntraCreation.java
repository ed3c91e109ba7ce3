package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person.AppRole;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of creations. In a user's, schemas, externalId, userName and active come first,
 * everything after them in alphabetical order as in the documents [I E1]. {@code roles} is always
 * there, empty unless roles are mapped.
 */
final class EntraCreation {
  private static final List<String> ADDRESS =
      List.of("formatted", "streetAddress", "locality", "region", "postalCode", "country");
  private static final List<String> PHONES = List.of("work", "mobile", "fax");
  private static final List<String> ENTERPRISE = List.of("employeeNumber", "department");

  private static final String OLDER_GROUP =
      "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

  private final EntraShape shape;
  private final boolean active;
  private final EntraRoles roles;

  /**
   * Creations of one job.
   *
   * @param active whether {@code active} is mapped
   */
  EntraCreation(EntraShape shape, boolean active, EntraRoles roles) {
    this.shape = shape;
    this.active = active;
    this.roles = roles;
  }

  /** Groups are created empty; members follow [D E1] [O Q1]. */
  ObjectNode group(String objectId, String displayName) {
    ObjectNode group = Json.object();
    group.set(
        "schemas", shape.older() ? Json.array(Urn.GROUP, OLDER_GROUP) : Json.array(Urn.GROUP));
    group.put("externalId", objectId);
    group.put("displayName", displayName);
    if (!shape.older()) {
      group.putArray("members");
    }
    group.putObject("meta").put("resourceType", "Group");
    return group;
  }

  ObjectNode user(Map<AttributePath, String> values, List<AppRole> held) {
    ObjectNode user = Json.object();
    ObjectNode enterprise = parts(values, ENTERPRISE, Urn.ENTERPRISE + ":");
    boolean urn = shape.enterpriseUrn() || !enterprise.isEmpty();
    user.set("schemas", urn ? Json.array(Urn.USER, Urn.ENTERPRISE) : Json.array(Urn.USER));
    put(user, values, "externalId", false);
    put(user, values, "userName", false);
    if (active) {
      user.put("active", true);
    }
    addresses(user, values);
    put(user, values, "displayName", shape.older());
    emails(user, values);
    user.putObject("meta").put("resourceType", "User");
    user.set("name", parts(values, List.of("formatted", "familyName", "givenName"), "name."));
    phoneNumbers(user, values);
    put(user, values, "preferredLanguage", shape.older());
    ArrayNode written = roles.created(held);
    if (!shape.older() || !written.isEmpty()) {
      user.set("roles", written);
    }
    put(user, values, "title", shape.older());
    if (!enterprise.isEmpty()) {
      user.set(Urn.ENTERPRISE, enterprise);
    }
    extensions(user, values);
    if (shape.older()) {
      // At the top level, as if no extension had them.
      user.putNull("department");
      user.putNull("manager");
    }
    return user;
  }

  /** Extensions of one's own; {@code schemas} does not name them [D E6]. */
  private static void extensions(ObjectNode user, Map<AttributePath, String> values) {
    values.forEach((path, value) -> {
      int end = path.text().lastIndexOf(':');
      if (end >= 0 && !path.text().startsWith(Urn.ENTERPRISE)) {
        user.withObjectProperty(path.text().substring(0, end))
            .put(path.text().substring(end + 1), value);
      }
    });
  }

  private void addresses(ObjectNode user, Map<AttributePath, String> values) {
    ObjectNode address = parts(values, ADDRESS, "addresses[type eq \"work\"].");
    if (!address.isEmpty()) {
      user.putArray("addresses")
          .addObject()
          .put("primary", true)
          .put("type", "work")
          .setAll(address);
    } else if (shape.older()) {
      user.putNull("addresses");
    }
  }

  private void emails(ObjectNode user, Map<AttributePath, String> values) {
    Optional<String> address = value(values, shape.email().text());
    if (address.isPresent()) {
      ObjectNode email = user.putArray("emails").addObject();
      if (shape.older()) {
        email.put("type", "work").put("value", address.get()).put("primary", true);
      } else {
        email.put("primary", true).put("type", "work").put("value", address.get());
      }
    }
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
    if (present.isEmpty() && shape.older()) {
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
