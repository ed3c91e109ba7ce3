package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Target;
import com.phonemos.scim.idp.wire.Urn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces of bodies that several of these identity providers write in the same way. */
final class Requests {
  private Requests() {}

  /** A PATCH message, schemas first. */
  static ObjectNode patch(JsonNode operations) {
    ObjectNode message = Json.object();
    message.set("schemas", Json.array(Urn.PATCH_OP));
    message.set("Operations", operations);
    return message;
  }

  static ObjectNode operation(String op, String path) {
    return Json.object().put("op", op).put("path", path);
  }

  static ObjectNode addMembers(List<String> userIds) {
    return patch(Json.array().add(operation("add", "members").set("value", members(userIds))));
  }

  static ObjectNode removeByValue(List<String> userIds) {
    return patch(Json.array().add(operation("remove", "members").set("value", members(userIds))));
  }

  static ObjectNode removeByFilter(List<String> userIds) {
    ArrayNode operations = Json.array();
    userIds.forEach(
        id -> operations.add(operation("remove", "members[" + Target.equal("value", id) + "]")));
    return patch(operations);
  }

  private static ArrayNode members(List<String> userIds) {
    ArrayNode members = Json.array();
    userIds.forEach(id -> members.addObject().put("value", id));
    return members;
  }

  static ObjectNode group(String displayName) {
    ObjectNode group = Json.object();
    group.set("schemas", Json.array(Urn.GROUP));
    return group.put("displayName", displayName);
  }

  /** The attributes that differ from what was last sent, one lower-case replace for each. */
  static ArrayNode replacements(Map<AttributePath, String> before, Map<AttributePath, String> now) {
    ArrayNode operations = Json.array();
    now.forEach((path, value) -> {
      if (!value.equals(before.get(path))) {
        operations.add(operation("replace", path.text()).put("value", value));
      }
    });
    return operations;
  }

  /** Core attributes by path. */
  static Map<AttributePath, String> values(Person person) {
    Map<AttributePath, String> values = new LinkedHashMap<>();
    values.put(new AttributePath("userName"), person.userName());
    values.put(new AttributePath("name.givenName"), person.givenName());
    values.put(new AttributePath("name.familyName"), person.familyName());
    values.put(new AttributePath("displayName"), person.displayName());
    person
        .email()
        .ifPresent(
            address -> values.put(new AttributePath("emails[type eq \"work\"].value"), address));
    person.language().ifPresent(tag -> values.put(new AttributePath("preferredLanguage"), tag));
    return values;
  }

  /** A user with core attributes only. */
  static ObjectNode user(Person person) {
    ObjectNode user = Json.object();
    user.set("schemas", Json.array(Urn.USER));
    user.put("userName", person.userName());
    user.putObject("name")
        .put("givenName", person.givenName())
        .put("familyName", person.familyName());
    user.put("displayName", person.displayName());
    person
        .email()
        .ifPresent(address ->
            user.putArray("emails")
                .addObject()
                .put("value", address)
                .put("type", "work")
                .put("primary", true));
    person.language().ifPresent(tag -> user.put("preferredLanguage", tag));
    return user.put("active", true);
  }
}
