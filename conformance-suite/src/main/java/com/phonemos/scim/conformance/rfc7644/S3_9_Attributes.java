package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;

/** RFC 7644 §3.9: which attributes an answer has. */
final class S3_9_Attributes {
  private S3_9_Attributes() {}

  static Section section() {
    return Section.rfc("rfc7644/3.9", "Additional Operation Response Parameters")
        .must("attributes")
        .clause("attributes: overrides the list of attributes that would be returned by default")
        .sends("GET /Users/{id}?attributes=userName")
        .requires("userName and what is always returned, nothing else")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?attributes=userName")
              .status(200)
              .equal("/id", id)
              .equal("/userName", scim.name("a"))
              .absent("/emails")
              .absent("/name")
              .absent("/displayName");
        })
        .must("attributes-of-a-sub-attribute")
        .clause("attribute notation of §3.10")
        .sends("GET /Users/{id}?attributes=name.familyName,emails")
        .requires("those, without name.givenName")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?attributes=name.familyName,emails")
              .status(200)
              .equal("/name/familyName", scim.tag())
              .absent("/name/givenName")
              .present("/emails/0/value")
              .absent("/userName");
        })
        .must("excluded-attributes")
        .clause("excludedAttributes: attributes to be removed from the default set")
        .sends("GET /Users/{id}?excludedAttributes=emails,name.givenName")
        .requires("the rest, with name.familyName")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?excludedAttributes=emails,name.givenName")
              .status(200)
              .absent("/emails")
              .absent("/name/givenName")
              .present("/name/familyName")
              .present("/userName");
        })
        .must("id-is-always-returned")
        .clause(
            "Attributes whose returned is always are not affected; id is returned always (RFC 7643"
                + " §3.1)")
        .sends("excludedAttributes=id and attributes=title")
        .requires("id in both")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?excludedAttributes=id").status(200).equal("/id", id);
          scim.get("/Users/" + id + "?attributes=title").status(200).equal("/id", id);
        })
        .must("names-ignore-case")
        .clause("Attribute names are case insensitive (RFC 7643 §2.1)")
        .sends("GET /Users/{id}?attributes=USERNAME")
        .requires("userName")
        .run(scim ->
            scim.get("/Users/" + scim.createUser("a").id() + "?attributes=USERNAME")
                .status(200)
                .equal("/userName", scim.name("a"))
                .absent("/emails"))
        .must("urn-notation")
        .clause("Attributes may be named with the URN of their schema (§3.10)")
        .sends("GET /Users/{id}?attributes=urn:…:User:userName")
        .requires("userName, no emails")
        .run(scim ->
            scim.get(
                    "/Users/"
                        + scim.createUser("a").id()
                        + "?attributes="
                        + Scim.USER
                        + ":userName")
                .status(200)
                .equal("/userName", scim.name("a"))
                .absent("/emails"))
        .must("in-lists")
        .clause("attributes and excludedAttributes apply to lists")
        .sends("GET /Users?filter=…&attributes=userName")
        .requires("userName without emails in each resource")
        .needs(Feature.FILTER)
        .run(scim -> {
          ThreeUsers.create(scim);
          ThreeUsers.list(scim, "&attributes=userName")
              .present("/Resources/0/userName")
              .present("/Resources/0/id")
              .absent("/Resources/0/emails");
        })
        .must("members-can-be-left-out")
        .clause(
            "excludedAttributes=members: what Entra ID sends with every group (peers:"
                + " databrickslabs/ucx#638)")
        .sends("GET /Groups/{id}?excludedAttributes=members")
        .requires("the group without members")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String g = scim.createGroup("g", scim.createUser("a").id()).id();
          scim.get("/Groups/" + g + "?excludedAttributes=members")
              .status(200)
              .present("/displayName")
              .absent("/members");
        })
        .may("both-parameters")
        .clause("attributes and excludedAttributes are mutually exclusive by nature")
        .sends("GET /Users/{id}?attributes=userName&excludedAttributes=emails")
        .requires("told: what the server answers")
        .run(scim ->
            scim.observe(
                "status "
                    + scim.get(
                            "/Users/"
                                + scim.createUser("a").id()
                                + "?attributes=userName&excludedAttributes=emails")
                        .status()));
  }
}
