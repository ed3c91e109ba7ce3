package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import com.phonemos.scim.idp.wire.Urn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OneLogin's SCIM v2 connectors: a lookup and a PUT of a template for every change of a user, one
 * PATCH with one member for every change of a group [O C22]. By-id targets end with a question
 * mark, lookups with an ampersand, as captured.
 *
 * @param template the body of POST and PUT, which an administrator edits
 * @param departure the deprovisioning setting [M]
 * @param mediaType of bodies: which one an administrator types as a custom header
 */
public record OneLogin(Template template, Departure departure, MediaType mediaType)
    implements Dialect {
  /** The media type of bodies. */
  public enum MediaType {
    /** {@code application/scim+json} [O C22]. */
    SCIM("application/scim+json"),
    /** {@code application/json}: in an access log, maybe as {@code Accept} [O C22]. */
    JSON("application/json");

    private final String text;

    MediaType(String text) {
      this.text = text;
    }
  }

  /** The template of a user. */
  public enum Template {
    /** The default enterprise template with its schema URNs that no RFC knows [O C22]. */
    ENTERPRISE_DEFAULT,
    /** A vendor's template with the RFC's URNs [R F7]. */
    STANDARD
  }

  /** The default enterprise template; accounts are suspended. */
  public static OneLogin defaults() {
    return new OneLogin(Template.ENTERPRISE_DEFAULT, Departure.SUSPEND, MediaType.SCIM);
  }

  @Override
  public String name() {
    return "OneLogin";
  }

  @Override
  public HeaderLayout headers() {
    return new PlainHeaders(false, mediaType.text);
  }

  /** A user that does not exist; an empty list and a 404 are both fine [D L1]. */
  @Override
  public List<ScimRequest> probe() {
    return List.of(find(Purpose.PROBE, "Users", "userName", "nobody@onelogin.invalid"));
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
    return ScimRequest.post(Purpose.USER_CREATE, "/Users?", user(person, true));
  }

  @Override
  public List<ScimRequest> updateUser(String id, Optional<Person> before, Person now) {
    return List.of(
        lookUpUser(before.map(Person::userName).orElse(now.userName())),
        ScimRequest.put(Purpose.USER_UPDATE, byId("Users", id), user(now, true)));
  }

  /** The bodies are hypotheses [M]. */
  @Override
  public List<ScimRequest> deprovision(String id, Person person) {
    return switch (departure) {
      case SUSPEND ->
          List.of(
              lookUpUser(person.userName()),
              ScimRequest.put(Purpose.USER_DEACTIVATE, byId("Users", id), user(person, false)));
      case DELETE -> List.of(deleteUser(id));
      case NOTHING -> List.of();
    };
  }

  /** A lookup by name is a hypothesis [M]; listing groups is documented [D L1]. */
  @Override
  public ScimRequest lookUpGroup(String displayName) {
    return find(Purpose.GROUP_LOOKUP, "Groups", "displayName", displayName);
  }

  @Override
  public ScimRequest createGroup(String displayName) {
    return ScimRequest.post(Purpose.GROUP_CREATE, "/Groups?", Requests.group(displayName));
  }

  /** A hypothesis [M]. */
  @Override
  public ScimRequest renameGroup(String id, String displayName) {
    return ScimRequest.patch(
        Purpose.GROUP_UPDATE,
        byId("Groups", id),
        Requests.patch(
            Json.array()
                .add(Requests.operation("replace", "displayName").put("value", displayName))));
  }

  /** One, and the body of an addition, follow from the captured length [I O C22]. */
  @Override
  public int membersPerRequest() {
    return 1;
  }

  @Override
  public ScimRequest addMembers(String id, List<String> userIds) {
    return ScimRequest.patch(Purpose.MEMBER_ADD, byId("Groups", id), Requests.addMembers(userIds));
  }

  /** A hypothesis [M]. */
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
    Map<AttributePath, String> values = new LinkedHashMap<>(Requests.values(person));
    values.remove(new AttributePath("displayName"));
    values.remove(new AttributePath("preferredLanguage"));
    return values;
  }

  private ObjectNode user(Person person, boolean active) {
    ObjectNode user = Json.object();
    user.set(
        "schemas",
        switch (template) {
          case ENTERPRISE_DEFAULT ->
              Json.array("urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0");
          case STANDARD -> Json.array(Urn.USER, Urn.ENTERPRISE);
        });
    user.put("userName", person.userName());
    user.putObject("name")
        .put("familyName", person.familyName())
        .put("givenName", person.givenName());
    user.put("title", person.job().title().orElse(""));
    person
        .email()
        .ifPresent(address ->
            user.putArray("emails")
                .addObject()
                .put("value", address)
                .put("type", "work")
                .put("primary", true));
    return user.put("active", active);
  }

  private static ScimRequest find(
      Purpose purpose, String resourceType, String attribute, String value) {
    return ScimRequest.get(
        purpose,
        "/" + resourceType + "?filter=" + Target.form(Target.equal(attribute, value)) + "&");
  }

  private static String byId(String resourceType, String id) {
    return "/" + resourceType + "/" + Target.segment(id) + "?";
  }
}
