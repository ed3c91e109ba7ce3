package com.phonemos.scim.conformance.rfc7643;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.Map;

/** RFC 7643 §4: the core schemas. */
final class S4_UserAndGroup {
  /** Simple attributes of §4.1.1, with a value each. */
  private static final Map<String, String> SIMPLE =
      new java.util.TreeMap<>(
          Map.of(
              "nickName", "Ace",
              "profileUrl", "https://people.example/ada",
              "title", "Engineer",
              "userType", "Employee",
              "preferredLanguage", "de-CH",
              "locale", "de-CH",
              "timezone", "Europe/Zurich"));

  /** Multi-valued attributes of §4.1.2, with a value each. */
  private static final Map<String, String> MULTI_VALUED =
      new java.util.TreeMap<>(
          Map.of(
              "phoneNumbers", "{'value': 'tel:+41-44-555-01-01', 'type': 'work'}",
              "ims", "{'value': 'ada', 'type': 'xmpp'}",
              "photos", "{'value': 'https://photos.example/ada.jpg', 'type': 'photo'}",
              "entitlements", "{'value': 'wiki'}",
              "roles", "{'value': 'author'}"));

  private S4_UserAndGroup() {}

  static Section user() {
    Section section =
        Section.rfc("rfc7643/4.1", "User Resource Schema")
            .must("user-name-is-required")
            .clause("userName ... REQUIRED")
            .sends("POST /Users without userName")
            .requires("400")
            .run(scim -> {
              ObjectNode user = scim.user("a");
              user.remove("userName");
              scim.preferScimType(
                  scim.post("/Users", user).status(400), "invalidValue", "invalidSyntax");
            })
            .must("user-name-is-not-empty")
            .clause("Each User MUST include a non-empty userName value")
            .sends("POST /Users with userName \"\"")
            .requires("400")
            .run(scim -> scim.post("/Users", scim.user("a").put("userName", "")).status(400))
            .must("user-name-is-unique")
            .clause(
                "This identifier MUST be unique across the service provider's entire set of Users")
            .sends("POST /Users twice with one userName")
            .requires("409 with scimType uniqueness")
            .run(scim -> {
              scim.createUser("a");
              scim.preferScimType(scim.post("/Users", scim.user("a")).status(409), "uniqueness");
            })
            .must("user-name-is-unique-whatever-its-case")
            .clause(
                "userName ... is case insensitive (caseExact false), so uniqueness ignores case")
            .sends("POST /Users with the userName of another in upper case")
            .requires("409")
            .run(scim -> {
              scim.createUser("a");
              ObjectNode upper = scim.user("a");
              upper.put("userName", scim.name("a").toUpperCase(java.util.Locale.ROOT));
              scim.post("/Users", upper).status(409);
            })
            .must("name-round-trip")
            .clause(
                "name: the components of the user's name; formatted may be made of them (§4.1.1)")
            .sends("POST /Users with the five components of name, then GET")
            .requires("all five")
            .run(scim -> {
              ObjectNode name =
                  Json.of(
                      """
                      {'familyName': 'King', 'givenName': 'Ada', 'middleName': 'M.',
                       'honorificPrefix': 'Dr.', 'honorificSuffix': 'Sr'}\
                      """);
              ObjectNode user = scim.user("a");
              user.set("name", name);
              Answer read = scim.get("/Users/" + scim.post("/Users", user).status(201).id());
              name.properties()
                  .forEach(part -> read.equal("/name/" + part.getKey(), part.getValue()));
            })
            .must("active-false-round-trip")
            .clause("active: a Boolean value indicating the user's administrative status")
            .sends("POST /Users with active false, then GET")
            .requires("active false")
            .run(scim -> {
              String id = scim.post("/Users", scim.user("a").put("active", false)).status(201).id();
              scim.get("/Users/" + id).status(200).equal("/active", false);
            })
            .must("password-is-never-returned")
            .clause("password ... returned: never; MUST NOT be returned in any form (§4.1.1, §7)")
            .sends("POST /Users with a password, GET with attributes=password")
            .requires("no answer holds it")
            .run(scim -> {
              Answer created =
                  scim.post("/Users", scim.user("a").put("password", "S3cret-" + scim.tag()));
              if (created.status() == 201) {
                hidden(scim, created);
                hidden(scim, scim.get("/Users/" + created.id() + "?attributes=password"));
              } else {
                created.refused();
              }
            })
            .must("addresses-round-trip")
            .clause("addresses: a physical mailing address, a complex type")
            .sends("POST /Users with an address of all sub-attributes, then GET")
            .requires("all of them")
            .run(scim -> {
              ObjectNode address =
                  Json.of(
                      """
                      {'type': 'work', 'streetAddress': '100 Universal Way', 'locality': 'Zurich',
                       'region': 'ZH', 'postalCode': '8001', 'country': 'CH'}\
                      """);
              ObjectNode user = scim.user("a");
              user.putArray("addresses").add(address);
              Answer read = scim.get("/Users/" + scim.post("/Users", user).status(201).id());
              address
                  .properties()
                  .forEach(part -> read.equal("/addresses/0/" + part.getKey(), part.getValue()));
            });
    SIMPLE.forEach((name, value) ->
        section
            .should("keeps-" + name)
            .clause(name + ", an attribute of the core User schema (§4.1.1)")
            .sends("POST /Users with " + name + ", then GET")
            .requires("the same value")
            .run(scim -> {
              Answer created = scim.post("/Users", scim.user("a").put(name, value)).status(201);
              scim.get("/Users/" + created.id()).equal("/" + name, value);
            }));
    MULTI_VALUED.forEach((name, value) ->
        section
            .should("keeps-" + name)
            .clause(name + ", a multi-valued attribute of the core User schema (§4.1.2)")
            .sends("POST /Users with one of " + name + ", then GET")
            .requires("the same value")
            .run(scim -> {
              ObjectNode user = scim.user("a");
              user.putArray(name).add(Json.of(value));
              Answer created = scim.post("/Users", user).status(201);
              scim.get("/Users/" + created.id())
                  .equal("/" + name + "/0/value", Json.of(value).path("value"));
            }));
    return section;
  }

  static Section group() {
    return Section.rfc("rfc7643/4.2", "Group Resource Schema", Feature.GROUPS)
        .must("display-name-is-required")
        .clause("displayName: a human-readable name for the Group. REQUIRED")
        .sends("POST /Groups without displayName")
        .requires("400")
        .run(scim -> {
          ObjectNode group = scim.group("g");
          group.remove("displayName");
          scim.post("/Groups", group).status(400);
        })
        .must("members-round-trip")
        .clause("members: a list of members of the Group")
        .sends("POST /Groups with two members, then GET")
        .requires("both by their id")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          scim.get("/Groups/" + scim.createGroup("g", a, b).id())
              .size("/members", 2)
              .contains("/members", a)
              .contains("/members", b);
        })
        .should("members-have-a-reference")
        .clause("$ref: the URI corresponding to a SCIM resource that is a member of this Group")
        .sends("GET of a group with a member")
        .requires("members[0].$ref ending in the member's path")
        .run(scim -> {
          String a = scim.createUser("a").id();
          Answer group = scim.get("/Groups/" + scim.createGroup("g", a).id());
          group.check(
              group.text("/members/0/$ref").endsWith("Users/" + a),
              "/members/0/$ref ending in Users/" + a,
              group.text("/members/0/$ref"));
        })
        .must("unknown-member-is-refused")
        .clause(
            "value: identifier of the member of this Group (referential integrity; peers:"
                + " Metatavu#107)")
        .sends("POST /Groups with a member that does not exist")
        .requires("4xx, and no group of that name")
        .run(scim -> {
          scim.post("/Groups", scim.group("g", "00000000-0000-4000-8000-000000000000")).refused();
          scim.filter("/Groups", "displayName eq \"" + scim.tag() + "g\"")
              .equal("/totalResults", 0);
        })
        .must("user-shows-its-groups")
        .clause("groups: a list of groups to which the user belongs ... readOnly (§4.1.2)")
        .sends("GET of a member with attributes=groups")
        .requires("groups with the group's id, or no groups attribute at all")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String group = scim.createGroup("g", a).id();
          Answer user = scim.get("/Users/" + a + "?attributes=groups").status(200);
          if (user.at("/groups").isMissingNode()) {
            scim.prefer(false, "/groups with the group", "/groups absent");
          } else {
            user.contains("/groups", group);
          }
        })
        .must("groups-of-a-user-are-read-only")
        .clause(
            "Since this attribute has a mutability of readOnly, group membership changes MUST be"
                + " applied via the Group Resource (§4.1.2)")
        .sends("PUT of a user with a groups list of its own")
        .requires("no membership comes of it")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String group = scim.createGroup("g").id();
          ObjectNode user = scim.user("a");
          user.putArray("groups").addObject().put("value", group);
          scim.put("/Users/" + a, user);
          scim.get("/Groups/" + group).status(200).size("/members", 0);
        })
        .must("deleted-user-leaves-its-groups")
        .clause("value: identifier of the member (referential integrity)")
        .sends("DELETE of a member, then GET of the group")
        .requires("the group without it")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String group = scim.createGroup("g", a, b).id();
          scim.delete("/Users/" + a).status(204);
          scim.get("/Groups/" + group).status(200).lacks("/members", a).contains("/members", b);
        });
  }

  private static void hidden(Scim scim, Answer answer) {
    answer.check(
        !answer.body().contains("S3cret-" + scim.tag()), "no password", "the answer holds it");
    answer.absent("/password");
  }
}
