package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;

/** RFC 7644 §3.5.1: replacing with PUT. */
final class S3_5_1_Put {
  private S3_5_1_Put() {}

  static Section section() {
    return Section.rfc("rfc7644/3.5.1", "Replacing with PUT")
        .must("answers-200-with-the-resource")
        .clause(
            "Unless otherwise specified, a successful PUT operation returns a 200 OK response code"
                + " and the entire resource")
        .sends("PUT /Users/{id} with another displayName")
        .requires("200, the new name")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.put("/Users/" + id, scim.user("a").put("displayName", "New"))
              .status(200)
              .equal("/id", id)
              .equal("/displayName", "New");
          scim.get("/Users/" + id).equal("/displayName", "New");
        })
        .must("what-is-not-sent-is-removed")
        .clause(
            "HTTP PUT replaces a resource's attributes; omitted readWrite attributes are cleared or"
                + " defaulted")
        .sends("PUT without title, which was there")
        .requires("no title")
        .run(scim -> {
          String id = scim.post("/Users", scim.user("a").put("title", "Engineer")).status(201).id();
          scim.put("/Users/" + id, scim.user("a")).status(200);
          scim.get("/Users/" + id).absent("/title");
        })
        .must("multi-valued-are-replaced-whole")
        .clause("The values provided SHALL replace the existing attribute values")
        .sends("PUT with one other e-mail address")
        .requires("that one only")
        .run(scim -> {
          String id = scim.createUser("a").id();
          ObjectNode user = scim.user("a");
          user.putArray("emails").addObject().put("value", scim.name("z")).put("type", "home");
          scim.put("/Users/" + id, user).status(200);
          scim.get("/Users/" + id).size("/emails", 1).equal("/emails/0/value", scim.name("z"));
        })
        .must("read-only-is-ignored")
        .clause("readOnly: any values provided SHALL be ignored")
        .sends("PUT with another id and meta")
        .requires("200 with the id and meta.created of the server")
        .run(scim -> {
          Answer before = scim.createUser("a");
          ObjectNode user = scim.user("a").put("id", "other");
          user.putObject("meta").put("created", "1999-01-01T00:00:00Z");
          scim.put("/Users/" + before.id(), user)
              .status(200)
              .equal("/id", before.id())
              .equal("/meta/created", before.text("/meta/created"));
        })
        .must("required-is-required")
        .clause("userName is REQUIRED (RFC 7643 §4.1)")
        .sends("PUT without userName")
        .requires("400, nothing changed")
        .run(scim -> {
          String id = scim.createUser("a").id();
          ObjectNode user = scim.user("a").put("displayName", "New");
          user.remove("userName");
          scim.put("/Users/" + id, user).status(400);
          scim.get("/Users/" + id).equal("/displayName", "Ada a");
        })
        .must("unknown-id")
        .clause("PUT MUST NOT be used to create new resources")
        .sends("PUT /Users/{unknown}")
        .requires("404, nothing created")
        .run(scim ->
            scim.put("/Users/00000000-0000-4000-8000-000000000000", scim.user("a")).status(404))
        .must("conflicting-name")
        .clause(
            "409 uniqueness (§3.12; peers: wso2/product-is#19845, a rename must end in 409, not in"
                + " 500)")
        .sends("PUT with the userName of another user")
        .requires("409, nothing changed")
        .run(scim -> {
          scim.createUser("a");
          String b = scim.createUser("b").id();
          scim.preferScimType(
              scim.put("/Users/" + b, scim.user("b").put("userName", scim.name("a"))).status(409),
              "uniqueness");
          scim.get("/Users/" + b).equal("/userName", scim.name("b"));
        })
        .must("own-name-is-no-conflict")
        .clause("uniqueness concerns other resources (peers: lightdash#15035)")
        .sends("PUT of a user and of a group with their own names")
        .requires("200")
        .needs(Feature.GROUPS)
        .run(scim -> {
          scim.put("/Users/" + scim.createUser("a").id(), scim.user("a")).status(200);
          scim.put("/Groups/" + scim.createGroup("g").id(), scim.group("g")).status(200);
        })
        .must("an-old-name-is-free-again")
        .clause("uniqueness concerns present values (peers: ory/polis#3559)")
        .sends("PUT with a new userName, then POST with the old one")
        .requires("201")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.put("/Users/" + id, scim.user("b")).status(200);
          scim.post("/Users", scim.user("a")).status(201);
        })
        .must("group-members-are-replaced")
        .clause(
            "The values provided SHALL replace the existing attribute values (peers: Metatavu#111,"
                + " keycloak#52752)")
        .sends("PUT /Groups/{id} with another member")
        .requires("that member only")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String g = scim.createGroup("g", a).id();
          scim.put("/Groups/" + g, scim.group("g", b)).status(200);
          scim.get("/Groups/" + g).size("/members", 1).contains("/members", b);
        })
        .must("rename-keeps-members")
        .clause("PUT states the whole resource")
        .sends("PUT /Groups/{id} with another displayName and the same members")
        .requires("the new name and both members")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String g = scim.createGroup("g", a, b).id();
          scim.put("/Groups/" + g, scim.group("h", a, b)).status(200);
          scim.get("/Groups/" + g).equal("/displayName", scim.tag() + "h").size("/members", 2);
        });
  }
}
