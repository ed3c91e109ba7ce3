package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;

/** Entra's requests: form encoding, no paging parameters, members never read [O E11, S4] [D E1]. */
final class EntraRequests {
  private EntraRequests() {}

  static ScimRequest probeUser(AttributePath matching, String nobody) {
    return ScimRequest.get(Purpose.PROBE, usersWith(matching, nobody));
  }

  /** What an application of the gallery can hold [D E1]. */
  static ScimRequest schemas() {
    return ScimRequest.get(Purpose.DISCOVERY, "/Schemas");
  }

  static ScimRequest probeGroup(String nothing) {
    return ScimRequest.get(Purpose.PROBE, groupsNamed(nothing));
  }

  static ScimRequest lookUpUser(AttributePath matching, String value) {
    return ScimRequest.get(Purpose.USER_LOOKUP, usersWith(matching, value));
  }

  static ScimRequest readUser(String id) {
    return ScimRequest.get(Purpose.USER_READ, user(id));
  }

  static ScimRequest createUser(ObjectNode body) {
    return ScimRequest.post(Purpose.USER_CREATE, "/Users", body);
  }

  static ScimRequest patchUser(Purpose purpose, String id, JsonNode body) {
    return ScimRequest.patch(purpose, user(id), body);
  }

  static ScimRequest deleteUser(String id) {
    return ScimRequest.delete(Purpose.USER_DELETE, user(id));
  }

  static ScimRequest lookUpGroup(String displayName) {
    return ScimRequest.get(Purpose.GROUP_LOOKUP, groupsNamed(displayName));
  }

  static ScimRequest readGroup(String id) {
    return ScimRequest.get(Purpose.GROUP_READ, group(id) + "?excludedAttributes=members");
  }

  static ScimRequest createGroup(ObjectNode body) {
    return ScimRequest.post(Purpose.GROUP_CREATE, "/Groups", body);
  }

  /** Asks whether somebody is in a group already [D E1, an older edition]. */
  static ScimRequest hasMember(String groupId, String userId) {
    return ScimRequest.get(Purpose.GROUP_LOOKUP, refers("Groups", groupId, "members", userId));
  }

  /** Asks whether a user has this manager already [D E1, an older edition]. */
  static ScimRequest hasManager(String userId, String managerId) {
    return ScimRequest.get(Purpose.USER_LOOKUP, refers("Users", userId, "manager", managerId));
  }

  static ScimRequest patchGroup(Purpose purpose, String id, JsonNode body) {
    return ScimRequest.patch(purpose, group(id), body);
  }

  static ScimRequest deleteGroup(String id) {
    return ScimRequest.delete(Purpose.GROUP_DELETE, group(id));
  }

  private static String usersWith(AttributePath matching, String value) {
    return "/Users?filter=" + Target.form(Target.equal(matching.text(), value));
  }

  private static String groupsNamed(String displayName) {
    return "/Groups?excludedAttributes=members&filter="
        + Target.form(Target.equal("displayName", displayName));
  }

  private static String refers(String resourceType, String id, String attribute, String to) {
    String filter = Target.equal("id", id) + " and " + Target.equal(attribute, to);
    return "/" + resourceType + "?filter=" + Target.form(filter) + "&attributes=id";
  }

  private static String user(String id) {
    return "/Users/" + Target.segment(id);
  }

  private static String group(String id) {
    return "/Groups/" + Target.segment(id);
  }
}
