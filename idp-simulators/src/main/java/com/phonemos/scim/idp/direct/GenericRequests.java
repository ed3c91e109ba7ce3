package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import com.phonemos.scim.idp.wire.Urn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests as RFC 7644 has them, where it leaves a choice the plainest. */
final class GenericRequests {
  private GenericRequests() {}

  /** Discovery (§4), and a query that finds nothing (§3.4.2). */
  static List<ScimRequest> probes() {
    return List.of(
        ScimRequest.get(Purpose.PROBE, "/ResourceTypes"),
        ScimRequest.get(Purpose.PROBE, "/Schemas"),
        find(Purpose.PROBE, "Users", "userName", "nobody"));
  }

  static ScimRequest serviceProviderConfig() {
    return ScimRequest.get(Purpose.PROBE, "/ServiceProviderConfig");
  }

  static ScimRequest find(Purpose purpose, String resourceType, String attribute, String value) {
    return ScimRequest.get(
        purpose, "/" + resourceType + "?filter=" + Target.percent(Target.equal(attribute, value)));
  }

  static String user(String id) {
    return "/Users/" + Target.segment(id);
  }

  static String group(String id) {
    return "/Groups/" + Target.segment(id);
  }

  /** A resource without what is large, for its version. */
  static ScimRequest read(String path) {
    return ScimRequest.get(Purpose.USER_READ, path + "?excludedAttributes=members");
  }

  /**
   * Brings a user up to date and switches it on. What is not there yet is added by a replace
   * (§3.5.2.3).
   */
  static Optional<ScimRequest> update(String id, Optional<Person> before, Person now) {
    Map<AttributePath, String> known = before.map(Requests::values).orElse(Map.of());
    Map<AttributePath, String> wanted = Requests.values(now);
    ArrayNode operations = Json.array();
    known.keySet().stream()
        .filter(path -> !wanted.containsKey(path))
        .forEach(path -> operations.add(Requests.operation("remove", path.text())));
    operations.addAll(Requests.replacements(known, wanted));
    if (before.isEmpty()) {
      operations.add(Requests.operation("replace", "active").put("value", true));
    }
    return operations.isEmpty()
        ? Optional.empty()
        : Optional.of(ScimRequest.patch(Purpose.USER_UPDATE, user(id), Requests.patch(operations)));
  }

  static ScimRequest replace(Purpose purpose, String id, Person person, boolean active) {
    return ScimRequest.put(purpose, user(id), Requests.user(person).put("active", active));
  }

  static ScimRequest switchOff(String id) {
    ArrayNode operations =
        Json.array().add(Requests.operation("replace", "active").put("value", false));
    return ScimRequest.patch(Purpose.USER_DEACTIVATE, user(id), Requests.patch(operations));
  }

  static ScimRequest rename(String id, String displayName) {
    ArrayNode operations =
        Json.array().add(Requests.operation("replace", "displayName").put("value", displayName));
    return ScimRequest.patch(Purpose.GROUP_UPDATE, group(id), Requests.patch(operations));
  }

  /** A whole group, for an endpoint that cannot patch. */
  static ScimRequest replaceGroup(String id, String displayName, Collection<String> members) {
    return ScimRequest.put(Purpose.MEMBERS_REPLACE, group(id), group(displayName, members));
  }

  /** Removals, each by a filter (§3.5.2.2), and one addition. */
  static ScimRequest members(String id, List<String> leaving, List<String> joining) {
    ArrayNode operations = Json.array();
    leaving.forEach(member ->
        operations.add(
            Requests.operation("remove", "members[" + Target.equal("value", member) + "]")));
    if (!joining.isEmpty()) {
      operations.add(Requests.operation("add", "members").set("value", values(joining)));
    }
    return ScimRequest.patch(
        joining.isEmpty() ? Purpose.MEMBER_REMOVE : Purpose.MEMBER_ADD,
        group(id),
        Requests.patch(operations));
  }

  /** A group with its members: identifiers, or references to the same bulk request. */
  static ObjectNode group(String displayName, Collection<String> members) {
    ObjectNode group = Json.object();
    group.set("schemas", Json.array(Urn.GROUP));
    group.put("displayName", displayName);
    return members.isEmpty() ? group : group.set("members", values(members));
  }

  private static ArrayNode values(Collection<String> ids) {
    ArrayNode values = Json.array();
    ids.forEach(id -> values.addObject().put("value", id));
    return values;
  }
}
