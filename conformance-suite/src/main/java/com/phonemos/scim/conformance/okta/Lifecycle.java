package com.phonemos.scim.conformance.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.List;

/** Okta's CRUD test and the traffic of its two kinds of application. */
final class Lifecycle {
  private Lifecycle() {}

  static Section section() {
    return Section.of(
            Profile.OKTA, "okta/crud", "Okta SCIM 2.0 CRUD test and live traffic", Feature.FILTER)
        .must("crud-by-put")
        .clause("Okta SCIM 2.0 CRUD test, as an AIW application sends it: GET and PUT")
        .sends("lookup, POST, GET and PUT (rename, deactivate, activate, deactivate)")
        .requires("each state read back, always the same id")
        .run(scim -> {
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"").equal("/totalResults", 0);
          String id = scim.post("/Users", assigned(scim)).status(201).id();
          ObjectNode renamed = (ObjectNode) scim.get("/Users/" + id).status(200).json().deepCopy();
          renamed.withObject("name").put("givenName", "Ada-update");
          scim.put("/Users/" + id, renamed).status(200).equal("/name/givenName", "Ada-update");
          for (boolean active : new boolean[] {false, true, false}) {
            ObjectNode current =
                (ObjectNode) scim.get("/Users/" + id).status(200).json().deepCopy();
            scim.put("/Users/" + id, current.put("active", active)).status(200);
            scim.get("/Users/" + id).equal("/active", active).equal("/id", id);
          }
        })
        .must("crud-by-patch")
        .clause(
            "Okta SCIM 2.0 CRUD test, as an OIN application sends it: path-less PATCH of active")
        .sends("{\"op\":\"replace\",\"value\":{\"active\":false}}, then true")
        .requires("active false, then true")
        .needs(Feature.PATCH)
        .run(scim -> {
          String id = scim.post("/Users", assigned(scim)).status(201).id();
          scim.patch("/Users/" + id, "{'op': 'replace', 'value': {'active': false}}")
              .status(200, 204);
          scim.get("/Users/" + id).equal("/active", false);
          scim.patch("/Users/" + id, "{'op': 'replace', 'value': {'active': true}}")
              .status(200, 204);
          scim.get("/Users/" + id).equal("/active", true);
        })
        .must("password-and-groups-on-create")
        .clause(
            "An AIW application sends password, locale and groups [] on create (capture of"
                + " 2022-05)")
        .sends("POST /Users with those")
        .requires("201, no password in the answer")
        .run(scim -> scim.post("/Users", assigned(scim)).status(201).absent("/password"))
        .must("group-push-by-put")
        .clause("AIW group push: POST empty, PUT with members and displays (captures C16, S12)")
        .sends("POST /Groups, PUT with a member whose display is null")
        .requires("201, 200, the member")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          ObjectNode empty = scim.group("g");
          empty.putArray("members");
          String g = scim.post("/Groups", empty).status(201).id();
          ObjectNode full = scim.group("g").put("id", g);
          full.putArray("members").addObject().put("value", a).putNull("display");
          scim.put("/Groups/" + g, full).status(200);
          scim.get("/Groups/" + g).contains("/members", a);
        })
        .must("group-rename-with-id")
        .clause("OIN group push: {op replace, value {id, displayName}} (peers: Metatavu#100, #113)")
        .sends("path-less replace with the group's own id and a new name")
        .requires("success, the new name")
        .needs(Feature.GROUPS, Feature.PATCH)
        .run(scim -> {
          String g = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'replace', 'value': {'id': '%s', 'displayName': '%sh'}}"
                      .formatted(g, scim.tag()))
              .status(200, 204);
          scim.get("/Groups/" + g).equal("/displayName", scim.tag() + "h");
        })
        .must("push-now-without-path")
        .clause("OIN Push Now: path-less replace with members (peers: Metatavu#100)")
        .sends("{\"op\":\"replace\",\"value\":{\"members\":[…]}}")
        .requires("those members")
        .needs(Feature.GROUPS, Feature.PATCH)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String g = scim.createGroup("g", a).id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'replace', 'value': {'members': [{'value': '%s', 'display': 'b'}]}}"
                      .formatted(b))
              .status(200, 204);
          scim.get("/Groups/" + g).size("/members", 1).contains("/members", b);
        })
        .must("members-without-type")
        .clause("Okta omits type on members (peers: SCIM-SDK#419)")
        .sends("add of members with value and display")
        .requires("the member")
        .needs(Feature.GROUPS, Feature.PATCH)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String g = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'add', 'path': 'members', 'value': [{'value': '%s', 'display': 'x'}]}"
                      .formatted(a))
              .status(200, 204);
          scim.get("/Groups/" + g).contains("/members", a);
        })
        .must("put-without-active")
        .clause("An omitted active does not deactivate (Okta reference; Delinea's documentation)")
        .sends("PUT without active")
        .requires("not deactivated")
        .run(scim -> {
          String id = scim.createUser("a").id();
          ObjectNode user = scim.user("a");
          user.remove("active");
          scim.put("/Users/" + id, user).status(200);
          Answer read = scim.get("/Users/" + id);
          read.check(
              !read.at("/active").isBoolean() || read.at("/active").asBoolean(),
              "active true or absent",
              "active false");
        })
        .must("empty-values")
        .clause("OIN QA plan C9337: empty values produce no error")
        .sends("PUT with title \"\" and phoneNumbers []")
        .requires("200")
        .run(scim -> {
          String id = scim.createUser("a").id();
          ObjectNode user = scim.user("a").put("title", "");
          user.putArray("phoneNumbers");
          scim.put("/Users/" + id, user).status(200).absent("/title");
        })
        .must("import-pages-are-stable")
        .clause("Okta imports by pages of 100 in a stable order")
        .sends("GET /Users?startIndex=1&count=4 twice with seven users")
        .requires("the same four in the same order")
        .run(scim -> {
          for (int i = 0; i < 7; i++) {
            scim.createUser("u" + i);
          }
          List<String> first =
              scim.get("/Users?startIndex=1&count=4").status(200).each("/Resources", "id");
          Answer again = scim.get("/Users?startIndex=1&count=4").status(200);
          again.check(again.each("/Resources", "id").equals(first), "the same page", "another one");
        });
  }

  private static ObjectNode assigned(Scim scim) {
    ObjectNode user = scim.user("a");
    user.put("locale", "en-US").put("externalId", "00u" + scim.tag()).put("password", "1mz050nq");
    user.putArray("groups");
    return user;
  }
}
