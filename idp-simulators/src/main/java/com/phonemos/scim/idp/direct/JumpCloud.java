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

/**
 * JumpCloud's custom SCIM integration: one lower-case replace for each attribute, members added and
 * removed by value [R J2, J3].
 *
 * @param update whether users are patched [R J2] or replaced [M]
 * @param testEmail the "Test User Email" of the configuration [D J1]
 */
public record JumpCloud(Update update, String testEmail) implements Dialect {
  /** How a user is updated. */
  public enum Update {
    /** One operation for each attribute [R J2]. */
    PATCH,
    /** The whole user [M]. */
    PUT
  }

  /** Users are patched. */
  public static JumpCloud defaults() {
    return new JumpCloud(Update.PATCH, "scim.test@contoso.example");
  }

  @Override
  public String name() {
    return "JumpCloud";
  }

  /** Not known; nothing is invented. */
  @Override
  public HeaderLayout headers() {
    return new PlainHeaders(false);
  }

  /** An empty list must be answered with 200 [R F8]; that a lookup comes first is inferred [I]. */
  @Override
  public List<ScimRequest> probe() {
    return List.of(find(Purpose.PROBE, "Users", "userName", testEmail));
  }

  /** A test of the connection creates a user and a group and deletes them again [D J1]. */
  @Override
  public Optional<Person> testUser() {
    return Optional.of(Person.of("jumpcloud-test", testEmail, "Test", "User", "en"));
  }

  @Override
  public ScimRequest lookUpUser(String userName) {
    return find(Purpose.USER_LOOKUP, "Users", "userName", userName);
  }

  @Override
  public ScimRequest createUser(Person person) {
    return ScimRequest.post(Purpose.USER_CREATE, "/Users", Requests.user(person));
  }

  @Override
  public List<ScimRequest> updateUser(String id, Optional<Person> before, Person now) {
    if (update == Update.PUT) {
      return List.of(ScimRequest.put(Purpose.USER_UPDATE, byId("Users", id), Requests.user(now)));
    }
    ArrayNode operations =
        Requests.replacements(before.map(this::values).orElse(Map.of()), values(now));
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
        update == Update.PUT
            ? ScimRequest.put(
                Purpose.USER_DEACTIVATE,
                byId("Users", id),
                Requests.user(person).put("active", false))
            : ScimRequest.patch(
                Purpose.USER_DEACTIVATE,
                byId("Users", id),
                Requests.patch(
                    Json.array()
                        .add(Requests.operation("replace", "active").put("value", false)))));
  }

  @Override
  public ScimRequest lookUpGroup(String displayName) {
    return find(Purpose.GROUP_LOOKUP, "Groups", "displayName", displayName);
  }

  @Override
  public ScimRequest createGroup(String displayName) {
    return ScimRequest.post(Purpose.GROUP_CREATE, "/Groups", Requests.group(displayName));
  }

  /** A hypothesis, by analogy with users [M]. */
  @Override
  public ScimRequest renameGroup(String id, String displayName) {
    return ScimRequest.patch(
        Purpose.GROUP_UPDATE,
        byId("Groups", id),
        Requests.patch(
            Json.array()
                .add(Requests.operation("replace", "displayName").put("value", displayName))));
  }

  /** One is a hypothesis [M]; the operation is reported [R J2]. */
  @Override
  public int membersPerRequest() {
    return 1;
  }

  @Override
  public ScimRequest addMembers(String id, List<String> userIds) {
    return ScimRequest.patch(Purpose.MEMBER_ADD, byId("Groups", id), Requests.addMembers(userIds));
  }

  /** A list of values and no filter [R J2, J3]. */
  @Override
  public ScimRequest removeMembers(String id, List<String> userIds) {
    return ScimRequest.patch(
        Purpose.MEMBER_REMOVE, byId("Groups", id), Requests.removeByValue(userIds));
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
