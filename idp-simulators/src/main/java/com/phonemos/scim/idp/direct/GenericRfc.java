package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client that follows RFC 7643 and RFC 7644 to the letter and has no habits of its own. */
public record GenericRfc() implements Dialect {
  private static final int MEMBERS_PER_REQUEST = 100;

  @Override
  public String name() {
    return "Generic";
  }

  @Override
  public HeaderLayout headers() {
    return new PlainHeaders(true);
  }

  /** Discovery (RFC 7644 §4), and a query that finds nothing (§3.4.2). */
  @Override
  public List<ScimRequest> probe() {
    return List.of(
        ScimRequest.get(Purpose.PROBE, "/ServiceProviderConfig"),
        ScimRequest.get(Purpose.PROBE, "/ResourceTypes"),
        ScimRequest.get(Purpose.PROBE, "/Schemas"),
        find(Purpose.PROBE, "Users", "userName", "nobody"));
  }

  @Override
  public Optional<Person> testUser() {
    return Optional.empty();
  }

  @Override
  public ScimRequest lookUpUser(String userName) {
    return find(Purpose.USER_LOOKUP, "Users", "userName", userName);
  }

  @Override
  public ScimRequest createUser(Person person) {
    return ScimRequest.post(Purpose.USER_CREATE, "/Users", Requests.user(person));
  }

  /** RFC 7644 §3.5.2.3: what is not there yet is added by a replace. */
  @Override
  public List<ScimRequest> updateUser(String id, Optional<Person> before, Person now) {
    Map<AttributePath, String> known = before.map(this::values).orElse(Map.of());
    Map<AttributePath, String> wanted = values(now);
    ArrayNode operations = Json.array();
    known.keySet().stream()
        .filter(path -> !wanted.containsKey(path))
        .forEach(path -> operations.add(Requests.operation("remove", path.text())));
    operations.addAll(Requests.replacements(known, wanted));
    if (before.isEmpty()) {
      operations.add(Requests.operation("replace", "active").put("value", true));
    }
    return operations.isEmpty()
        ? List.of()
        : List.of(
            ScimRequest.patch(Purpose.USER_UPDATE, byId("Users", id), Requests.patch(operations)));
  }

  @Override
  public Departure departure() {
    return Departure.SUSPEND;
  }

  @Override
  public List<ScimRequest> deprovision(String id, Person person) {
    return List.of(
        ScimRequest.patch(
            Purpose.USER_DEACTIVATE,
            byId("Users", id),
            Requests.patch(
                Json.array().add(Requests.operation("replace", "active").put("value", false)))));
  }

  @Override
  public ScimRequest lookUpGroup(String displayName) {
    return find(Purpose.GROUP_LOOKUP, "Groups", "displayName", displayName);
  }

  @Override
  public ScimRequest createGroup(String displayName) {
    return ScimRequest.post(Purpose.GROUP_CREATE, "/Groups", Requests.group(displayName));
  }

  @Override
  public ScimRequest renameGroup(String id, String displayName) {
    return ScimRequest.patch(
        Purpose.GROUP_UPDATE,
        byId("Groups", id),
        Requests.patch(
            Json.array()
                .add(Requests.operation("replace", "displayName").put("value", displayName))));
  }

  /** The RFC has no limit; this one keeps requests small. */
  @Override
  public int membersPerRequest() {
    return MEMBERS_PER_REQUEST;
  }

  @Override
  public ScimRequest addMembers(String id, List<String> userIds) {
    return ScimRequest.patch(Purpose.MEMBER_ADD, byId("Groups", id), Requests.addMembers(userIds));
  }

  /** One filtered removal for each (RFC 7644 §3.5.2.2). */
  @Override
  public ScimRequest removeMembers(String id, List<String> userIds) {
    return ScimRequest.patch(
        Purpose.MEMBER_REMOVE, byId("Groups", id), Requests.removeByFilter(userIds));
  }

  @Override
  public ScimRequest deleteUser(String id) {
    return ScimRequest.delete(Purpose.USER_DELETE, byId("Users", id));
  }

  @Override
  public ScimRequest deleteGroup(String id) {
    return ScimRequest.delete(Purpose.GROUP_DELETE, byId("Groups", id));
  }

  @Override
  public Map<AttributePath, String> values(Person person) {
    return Requests.values(person);
  }

  private static ScimRequest find(
      Purpose purpose, String resourceType, String attribute, String value) {
    return ScimRequest.get(
        purpose, "/" + resourceType + "?filter=" + Target.percent(Target.equal(attribute, value)));
  }

  private static String byId(String resourceType, String id) {
    return "/" + resourceType + "/" + Target.segment(id);
  }
}
