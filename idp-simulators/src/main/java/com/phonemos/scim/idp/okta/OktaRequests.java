package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup.Identifier;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;

/**
 * Okta's requests: %20 in filters unless told otherwise, constant paging parameters after them [D
 * K1].
 */
final class OktaRequests {
  static final int IMPORT_PAGE = 100;

  private OktaRequests() {}

  /** "Test Connector Configuration": the parameters are always the same [O A] [D K1-1.1]. */
  static ScimRequest probe() {
    return ScimRequest.get(Purpose.PROBE, "/Users?startIndex=1&count=2");
  }

  /** The same for groups [D K1-1.1]. */
  static ScimRequest probeGroups() {
    return ScimRequest.get(Purpose.PROBE, "/Groups?startIndex=1&count=" + IMPORT_PAGE);
  }

  /** The first question of an application with entitlements [D K6]. */
  static ScimRequest resourceTypes() {
    return ScimRequest.get(Purpose.DISCOVERY, "/ResourceTypes");
  }

  static ScimRequest schemas() {
    return ScimRequest.get(Purpose.DISCOVERY, "/Schemas");
  }

  /**
   * Okta's own test of an endpoint of roles or entitlements [D K9].
   *
   * @param endpoint as its resource type names it
   */
  static ScimRequest probeEntitlements(String endpoint) {
    return ScimRequest.get(Purpose.DISCOVERY, endpoint + "?count=1&startIndex=1");
  }

  /** All of them [D K6], a page as an import's [I]. */
  static ScimRequest entitlements(String endpoint, long startIndex) {
    return ScimRequest.get(
        Purpose.DISCOVERY, endpoint + "?startIndex=" + startIndex + "&count=" + IMPORT_PAGE);
  }

  static ScimRequest importPage(String resourceType, long startIndex) {
    return ScimRequest.get(
        Purpose.IMPORT, "/" + resourceType + "?startIndex=" + startIndex + "&count=" + IMPORT_PAGE);
  }

  static ScimRequest lookUpUser(UserLookup lookup, String value) {
    String filter = Target.equal(attribute(lookup.identifier()), value);
    return ScimRequest.get(
        Purpose.USER_LOOKUP,
        "/Users?filter="
            + (lookup.plus() ? Target.form(filter) : Target.percent(filter))
            + "&startIndex=1&count=100");
  }

  private static String attribute(Identifier identifier) {
    return switch (identifier) {
      case USER_NAME -> "userName";
      case EMAIL -> "emails.value";
    };
  }

  static ScimRequest createUser(JsonNode body) {
    return ScimRequest.post(Purpose.USER_CREATE, "/Users", body);
  }

  static ScimRequest readUser(String id) {
    return ScimRequest.get(Purpose.USER_READ, user(id));
  }

  static ScimRequest putUser(Purpose purpose, String id, JsonNode body) {
    return ScimRequest.put(purpose, user(id), body);
  }

  static ScimRequest patchUser(Purpose purpose, String id, JsonNode body) {
    return ScimRequest.patch(purpose, user(id), body);
  }

  static ScimRequest lookUpGroup(String displayName) {
    return ScimRequest.get(
        Purpose.GROUP_LOOKUP,
        "/Groups?filter="
            + Target.percent(Target.equal("displayName", displayName))
            + "&startIndex=1&count=100");
  }

  static ScimRequest createGroup(JsonNode body) {
    return ScimRequest.post(Purpose.GROUP_CREATE, "/Groups", body);
  }

  static ScimRequest readGroup(String id) {
    return ScimRequest.get(Purpose.GROUP_READ, group(id));
  }

  static ScimRequest putGroup(String id, JsonNode body) {
    return ScimRequest.put(Purpose.MEMBERS_REPLACE, group(id), body);
  }

  static ScimRequest patchGroup(Purpose purpose, String id, JsonNode body) {
    return ScimRequest.patch(purpose, group(id), body);
  }

  static ScimRequest deleteGroup(String id) {
    return ScimRequest.delete(Purpose.GROUP_DELETE, group(id));
  }

  private static String user(String id) {
    return "/Users/" + Target.segment(id);
  }

  private static String group(String id) {
    return "/Groups/" + Target.segment(id);
  }
}
