package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** RFC 7644 §3.5.2 on group members: where most servers in the field lost data. */
final class S3_5_2_Members {
  private S3_5_2_Members() {}

  static Section section() {
    return Section.rfc(
            "rfc7644/3.5.2/members", "PATCH of Group Members", Feature.PATCH, Feature.GROUPS)
        .must("add")
        .clause("add to a multi-valued attribute appends (§3.5.2.1)")
        .sends("add of a member to a group of one")
        .requires("both")
        .run(scim -> {
          Two two = Two.of(scim, "a");
          add(scim, two.group, two.b).status(200, 204);
          members(scim, two.group, two.a, two.b);
        })
        .should("add-again")
        .clause("no change SHOULD be made if the value exists (§3.5.2.1; peers: Infisical#2138)")
        .sends("add of a member that is there")
        .requires("success, one of it")
        .run(scim -> {
          Two two = Two.of(scim, "a");
          add(scim, two.group, two.a).status(200, 204);
          members(scim, two.group, two.a);
        })
        .must("add-several")
        .clause("add takes an array of values (§3.5.2.1)")
        .sends("add of two members in one operation")
        .requires("both")
        .run(scim -> {
          Two two = Two.of(scim, "");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}, {'value': '%s'}]}"
                      .formatted(two.a, two.b))
              .status(200, 204);
          members(scim, two.group, two.a, two.b);
        })
        .must("remove-by-filter")
        .clause("remove with a value filter removes the matching values (§3.5.2.2)")
        .sends("remove of members[value eq \"…\"]")
        .requires("the other one left")
        .run(scim -> {
          Two two = Two.of(scim, "ab");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'remove', 'path': 'members[value eq \\\"%s\\\"]'}".formatted(two.a))
              .status(200, 204);
          members(scim, two.group, two.b);
        })
        .must("remove-all")
        .clause("remove without a filter removes the attribute and all its values (§3.5.2.2)")
        .sends("remove of members")
        .requires("none left")
        .run(scim -> {
          Two two = Two.of(scim, "ab");
          scim.patch("/Groups/" + two.group, "{'op': 'remove', 'path': 'members'}")
              .status(200, 204);
          members(scim, two.group);
        })
        .must("replace-all")
        .clause(
            "replace of a multi-valued attribute replaces all values (§3.5.2.3; peers:"
                + " keycloak#52752, scim-for-keycloak#144)")
        .sends("replace of members with one other")
        .requires("that one only")
        .run(scim -> {
          Two two = Two.of(scim, "a");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'replace', 'path': 'members', 'value': [{'value': '%s'}]}"
                      .formatted(two.b))
              .status(200, 204);
          members(scim, two.group, two.b);
        })
        .must("remove-of-nobody")
        .clause("A member that is gone already is gone (peers: Infisical#6471: the client retries)")
        .sends("remove of a user that is no member")
        .requires("success or 400 noTarget; the members unchanged")
        .run(scim -> {
          Two two = Two.of(scim, "a");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'remove', 'path': 'members[value eq \\\"%s\\\"]'}".formatted(two.b))
              .status(200, 204, 400);
          members(scim, two.group, two.a);
        })
        .must("another-attribute-leaves-them")
        .clause("Attributes that no operation names are unchanged (peers: langwatch#7131)")
        .sends("replace of displayName")
        .requires("both members still there")
        .run(scim -> {
          Two two = Two.of(scim, "ab");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'replace', 'path': 'displayName', 'value': '%sx'}".formatted(scim.tag()))
              .status(200, 204);
          members(scim, two.group, two.a, two.b);
        })
        .must("one-unknown-member-changes-nothing")
        .clause("PATCH is atomic (§3.5.2; peers: Metatavu#107, a bad id emptied the group)")
        .sends("replace of members with one unknown and one known")
        .requires("4xx, the members unchanged")
        .run(scim -> {
          Two two = Two.of(scim, "a");
          scim.patch(
                  "/Groups/" + two.group,
                  "{'op': 'replace', 'path': 'members', 'value': [{'value': '%s'}, {'value': '00000000-0000-4000-8000-000000000000'}]}"
                      .formatted(two.b))
              .refused();
          members(scim, two.group, two.a);
        })
        .must("without-a-type")
        .clause("members.type is optional (RFC 7643 §4.2; peers: SCIM-SDK#419)")
        .sends("add of a member by value alone")
        .requires("a member")
        .run(scim -> {
          Two two = Two.of(scim, "");
          add(scim, two.group, two.a).status(200, 204);
          members(scim, two.group, two.a);
        })
        .must("parallel-adds")
        .clause(
            "No update is lost (peers: scimmy#79, SCIM-SDK#646, fleet#50724, vouch#900 and three"
                + " more)")
        .sends("20 PATCHes at once, each adding another user")
        .requires("success for each, and 20 members")
        .run(scim -> {
          String group = scim.createGroup("g").id();
          String[] users = users(scim, 20);
          List<Request> adds = new ArrayList<>();
          for (String user : users) {
            adds.add(addRequest(scim, group, user));
          }
          scim.together(adds).forEach(answer -> answer.status(200, 204));
          members(scim, group, users);
        })
        .must("parallel-adds-and-removes")
        .clause("No update is lost (peers: scim-for-keycloak#90, FusionAuth#2869)")
        .sends("10 adds and 10 removes at once")
        .requires("success for each, and exactly the added ones")
        .run(scim -> {
          String[] users = users(scim, 20);
          String[] old = java.util.Arrays.copyOfRange(users, 0, 10);
          String[] fresh = java.util.Arrays.copyOfRange(users, 10, 20);
          String group = scim.createGroup("g", old).id();
          List<Request> changes = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            changes.add(addRequest(scim, group, fresh[i]));
            changes.add(
                scim.patchRequest(
                    "/Groups/" + group,
                    "{'op': 'remove', 'path': 'members[value eq \\\"%s\\\"]'}".formatted(old[i])));
          }
          scim.together(changes).forEach(answer -> answer.status(200, 204));
          members(scim, group, fresh);
        })
        .must("parallel-patches-of-one-user")
        .clause("No update is lost")
        .sends("8 PATCHes at once, each of another attribute of one user")
        .requires("success for each, and all eight values")
        .run(scim -> {
          String id = scim.createUser("a").id();
          List<String> names =
              List.of(
                  "title",
                  "nickName",
                  "userType",
                  "preferredLanguage",
                  "locale",
                  "timezone",
                  "displayName",
                  "externalId");
          List<Request> patches =
              names.stream()
                  .map(name ->
                      scim.patchRequest(
                          "/Users/" + id,
                          "{'op': 'replace', 'path': '%s', 'value': 'v-%s'}".formatted(name, name)))
                  .toList();
          scim.together(patches).forEach(answer -> answer.status(200, 204));
          Answer user = scim.get("/Users/" + id);
          names.forEach(name -> user.equal("/" + name, "v-" + name));
        })
        .must("fifty-in-one-request")
        .clause("At least 50 member operations in one PATCH are the field's floor (IPSIE AL SCIM)")
        .sends("one PATCH that adds 50 members")
        .requires("50 members")
        .run(scim -> {
          String group = scim.createGroup("g").id();
          String[] users = users(scim, 50);
          scim.patch(
                  "/Groups/" + group,
                  "{'op': 'add', 'path': 'members', 'value': " + Scim.members(users) + "}")
              .status(200, 204);
          members(scim, group, users);
        });
  }

  /** Two users and a group that some of them are in. */
  private record Two(String a, String b, String group) {
    static Two of(Scim scim, String members) {
      String a = scim.createUser("a").id();
      String b = scim.createUser("b").id();
      List<String> inside = new ArrayList<>();
      if (members.contains("a")) {
        inside.add(a);
      }
      if (members.contains("b")) {
        inside.add(b);
      }
      return new Two(a, b, scim.createGroup("g", inside.toArray(String[]::new)).id());
    }
  }

  private static String[] users(Scim scim, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> scim.createUser("u" + i).id())
        .toArray(String[]::new);
  }

  private static Answer add(Scim scim, String group, String user) {
    return scim.send(addRequest(scim, group, user));
  }

  private static Request addRequest(Scim scim, String group, String user) {
    return scim.patchRequest(
        "/Groups/" + group,
        "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}".formatted(user));
  }

  private static void members(Scim scim, String group, String... ids) {
    Answer answer = scim.get("/Groups/" + group + "?attributes=members").status(200);
    List<String> found = answer.each("/members", "value").stream().sorted().toList();
    List<String> wanted = java.util.stream.Stream.of(ids).sorted().toList();
    answer.check(
        found.equals(wanted),
        wanted.size() + " member(s), exactly those",
        found.size()
            + " member(s), "
            + found.stream().filter(wanted::contains).count()
            + " of them wanted");
  }
}
