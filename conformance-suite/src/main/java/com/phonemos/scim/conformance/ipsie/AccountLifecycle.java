package com.phonemos.scim.conformance.ipsie;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Section;
import java.util.stream.IntStream;

/** OpenID IPSIE AL SCIM profile (draft 00) and the interoperability profile below it. */
final class AccountLifecycle {
  private static final String SOURCE = "IPSIE AL SCIM draft 00 / draft-zollner-scim-interop: ";

  private AccountLifecycle() {}

  static Section section() {
    return Section.of(Profile.IPSIE, "ipsie/al", "IPSIE account lifecycle", Feature.FILTER)
        .must("bulk-is-offered")
        .clause(SOURCE + "/Bulk is supported")
        .sends("GET /ServiceProviderConfig")
        .requires("bulk.supported true")
        .run(scim -> scim.get("/ServiceProviderConfig").equal("/bulk/supported", true))
        .must("patch-is-offered")
        .clause(SOURCE + "PATCH is supported")
        .sends("GET /ServiceProviderConfig")
        .requires("patch.supported true")
        .run(scim -> scim.get("/ServiceProviderConfig").equal("/patch/supported", true))
        .must("cursor-is-announced")
        .clause(SOURCE + "pagination is announced (RFC 9865 §4)")
        .sends("GET /ServiceProviderConfig")
        .requires("pagination present")
        .run(scim -> scim.get("/ServiceProviderConfig").present("/pagination"))
        .must("filter-by-work-address")
        .clause(SOURCE + "emails[type eq \"work\" and value eq \"…\"] is filterable")
        .sends("that filter")
        .requires("the user")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.filter("/Users", "emails[type eq \"work\" and value eq \"" + scim.name("a") + "\"]")
              .status(200)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("filter-by-member")
        .clause(SOURCE + "members[value eq \"…\"] is filterable")
        .sends("GET /Groups?filter=members[value eq \"…\"]")
        .requires("the group")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String g = scim.createGroup("g", a).id();
          scim.filter("/Groups", "members[value eq \"" + a + "\"]")
              .status(200)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", g);
        })
        .must("fifty-member-operations")
        .clause(SOURCE + "at least 50 member operations in one PATCH")
        .sends("one PATCH with 50 add operations")
        .requires("50 members")
        .needs(Feature.GROUPS, Feature.PATCH)
        .run(scim -> {
          String g = scim.createGroup("g").id();
          String[] operations =
              IntStream.range(0, 50)
                  .mapToObj(i ->
                      "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}"
                          .formatted(scim.createUser("u" + i).id()))
                  .toArray(String[]::new);
          scim.patch("/Groups/" + g, operations).status(200, 204);
          scim.get("/Groups/" + g).size("/members", 50);
        })
        .must("deleted-is-not-found")
        .clause(SOURCE + "DELETE is visible as deletion, never as active false")
        .sends("DELETE, GET, filter")
        .requires("204, 404, no match")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.delete("/Users/" + id).status(204);
          scim.get("/Users/" + id).status(404);
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"").equal("/totalResults", 0);
        })
        .must("visible-is-what-conflicts")
        .clause(SOURCE + "visibility and uniqueness have the same scope (peers: Metatavu#74)")
        .sends("POST that ends in 409, then a filter for the name")
        .requires("the filter finds who is in the way")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.post("/Users", scim.user("a")).status(409);
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"")
              .equal("/Resources/0/id", id);
        })
        .must("no-password")
        .clause(SOURCE + "password is not used; it is never returned")
        .sends("GET of a user")
        .requires("no password")
        .run(scim -> scim.get("/Users/" + scim.createUser("a").id()).absent("/password"))
        .must("inactive-is-kept")
        .clause(SOURCE + "deactivation keeps the account and its id")
        .sends("active false by PUT, then GET")
        .requires("200, active false, the same id")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.put("/Users/" + id, scim.user("a").put("active", false)).status(200);
          scim.get("/Users/" + id).status(200).equal("/active", false).equal("/id", id);
        })
        .must("rate")
        .clause(SOURCE + "25 requests a second per tenant are sustained, or 429 with Retry-After")
        .sends("50 GETs at once")
        .requires("200 for each, or 429 with Retry-After")
        .run(scim ->
            scim.together(java.util.Collections.nCopies(50, scim.request("GET", "/Users?count=1")))
                .forEach(answer -> {
                  if (answer.status(200, 429).status() == 429) {
                    answer.requireHeader("Retry-After");
                  }
                }))
        .may("pathless-patch-is-refused")
        .clause(
            SOURCE
                + "PATCH without path is refused. CONTRADICTS okta/crud/crud-by-patch and"
                + " entra/dialect/flag-dotted-keys, hence told, not judged")
        .sends("replace without path")
        .requires("400")
        .needs(Feature.PATCH)
        .run(scim ->
            scim.patch(
                    "/Users/" + scim.createUser("a").id(),
                    "{'op': 'replace', 'value': {'title': 'x'}}")
                .status(400))
        .may("unknown-attribute-is-refused")
        .clause(
            SOURCE
                + "unknown attributes are refused. CONTRADICTS"
                + " okta/crud/password-and-groups-on-create in spirit, hence told, not judged")
        .sends("POST /Users with an attribute of no schema")
        .requires("400")
        .run(scim -> scim.post("/Users", scim.user("a").put("shoeSize", "42")).status(400));
  }
}
