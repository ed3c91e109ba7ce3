package com.phonemos.scim.conformance.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;

/** Groups as Microsoft's validator and Entra ID's engine treat them. */
final class Groups {
  private static final String SOURCE = "Microsoft SCIM Validator, run of 2026-02-10: ";

  private Groups() {}

  static Section section() {
    return Section.of(
            Profile.ENTRA,
            "entra/validator/groups",
            "Microsoft SCIM Validator: groups",
            Feature.PATCH,
            Feature.FILTER,
            Feature.GROUPS)
        .must("13-by-id-without-members")
        .clause(SOURCE + "Get group by id excluding members")
        .sends("GET /Groups/{id}?excludedAttributes=members")
        .requires("no members")
        .run(scim ->
            scim.get(
                    "/Groups/"
                        + scim.createGroup("g", scim.createUser("a").id()).id()
                        + "?excludedAttributes=members")
                .status(200)
                .absent("/members"))
        .must("14-filter-without-members")
        .clause(SOURCE + "Get group by displayName excluding members")
        .sends("GET /Groups?excludedAttributes=members&filter=displayName+eq+\"X\"")
        .requires("the group without members")
        .run(scim -> {
          scim.createGroup("g", scim.createUser("a").id());
          scim.get(
                  "/Groups?excludedAttributes=members&filter=displayName+eq+%22"
                      + scim.tag()
                      + "g%22")
              .status(200)
              .equal("/totalResults", 1)
              .absent("/Resources/0/members");
        })
        .must("15-filter-existing")
        .clause(SOURCE + "Filter for an existing group, its eight checks")
        .sends("GET /Groups?filter=displayName+eq+\"X\"")
        .requires("one match in a well-formed list")
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.get("/Groups?filter=displayName+eq+%22" + scim.tag() + "g%22")
              .status(200)
              .contains("/schemas", Scim.LIST)
              .equal("/totalResults", 1)
              .size("/Resources", 1)
              .equal("/Resources/0/id", id)
              .equal("/Resources/0/displayName", scim.tag() + "g")
              .contains("/Resources/0/schemas", Scim.GROUP);
        })
        .must("16-filter-non-existing")
        .clause(SOURCE + "Filter for a non-existing group")
        .sends("an unknown displayName")
        .requires("totalResults 0")
        .run(scim ->
            scim.filter("/Groups", "displayName eq \"nonexistent" + scim.tag() + "\"")
                .status(200)
                .equal("/totalResults", 0))
        .must("17-filter-other-case")
        .clause(SOURCE + "Filter for a group with different casing")
        .sends("the displayName in upper case")
        .requires("the group")
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.filter(
                  "/Groups",
                  "displayName eq \""
                      + (scim.tag() + "g").toUpperCase(java.util.Locale.ROOT)
                      + "\"")
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("18-create-with-external-id")
        .clause(SOURCE + "Create a new group")
        .sends("POST {displayName, externalId, schemas}")
        .requires("201")
        .run(scim ->
            scim.post("/Groups", scim.group("g").put("externalId", "x-" + scim.tag()))
                .status(201)
                .equal("/externalId", "x-" + scim.tag()))
        .must("19-duplicate")
        .clause(SOURCE + "Create a duplicate group")
        .sends("the same POST again")
        .requires("409")
        .run(scim -> {
          scim.createGroup("g");
          scim.post("/Groups", scim.group("g")).status(409);
        })
        .must("20-replace-external-id")
        .clause(SOURCE + "Patch Group - Replace Attributes")
        .sends("{\"op\":\"replace\",\"value\":{\"externalId\":\"…\"}}")
        .requires("200 or 204, the new value")
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.patch("/Groups/" + id, "{'op': 'replace', 'value': {'externalId': 'e-1'}}")
              .status(200, 204);
          scim.get("/Groups/" + id).equal("/externalId", "e-1");
        })
        .must("21-rename")
        .clause(SOURCE + "Update Group displayName")
        .sends("{\"op\":\"replace\",\"value\":{\"displayName\":\"…\"}}")
        .requires("200 or 204, the new name")
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + id,
                  "{'op': 'replace', 'value': {'displayName': '%sh'}}".formatted(scim.tag()))
              .status(200, 204);
          scim.get("/Groups/" + id).equal("/displayName", scim.tag() + "h");
        })
        .must("22-add-member-by-replace")
        .clause(SOURCE + "Patch Group - Add Member")
        .sends("replace of members on an empty group")
        .requires("the member")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String g = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'replace', 'path': 'members', 'value': [{'value': '%s'}]}".formatted(a))
              .status(200, 204);
          scim.get("/Groups/" + g).contains("/members", a);
        })
        .must("23-remove-member")
        .clause(SOURCE + "Patch Group - Remove Member")
        .sends("replace of members with two, then remove members[value eq …]")
        .requires("the other one is left")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String g = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'replace', 'path': 'members', 'value': [{'value': '%s'}, {'value': '%s'}]}"
                      .formatted(a, b))
              .status(200, 204);
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'remove', 'path': 'members[value eq \\\"%s\\\"]'}".formatted(a))
              .status(200, 204);
          scim.get("/Groups/" + g).lacks("/members", a).contains("/members", b);
        })
        .must("24-delete")
        .clause(SOURCE + "Delete a group")
        .sends("POST, DELETE, GET")
        .requires("201, 204, 404")
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.delete("/Groups/" + id).status(204);
          scim.get("/Groups/" + id).status(404);
        })
        .must("P5-add-and-remove")
        .clause(SOURCE + "Patch Group - Multiple Ops: add and remove of one member")
        .sends("add members, then remove members[value eq …], in one PATCH")
        .requires("empty")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String g = scim.createGroup("g").id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}".formatted(a),
                  "{'op': 'remove', 'path': 'members[value eq \\\"%s\\\"]'}".formatted(a))
              .status(200, 204);
          scim.get("/Groups/" + g).status(200).lacks("/members", a);
        })
        .must("P6-delete-unknown")
        .clause(SOURCE + "Delete a non-existent group, and one twice")
        .sends("DELETE of an unknown id, DELETE twice")
        .requires("404 each")
        .run(scim -> {
          scim.delete("/Groups/00000000-0000-4000-8000-000000000000").status(404);
          String id = scim.createGroup("g").id();
          scim.delete("/Groups/" + id).status(204);
          scim.delete("/Groups/" + id).status(404);
        })
        .must("remove-members-by-value")
        .clause(
            "Entra ID removes with path members and the values to remove (peers: azure-docs#30826:"
                + " RFC-literal servers empty the group)")
        .sends("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"…\"}]}")
        .requires("that member gone, the other left")
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String g = scim.createGroup("g", a, b).id();
          scim.patch(
                  "/Groups/" + g,
                  "{'op': 'Remove', 'path': 'members', 'value': [{'value': '%s'}]}".formatted(a))
              .status(200, 204);
          scim.get("/Groups/" + g).lacks("/members", a).contains("/members", b);
        })
        .must("microsoft-group-urn")
        .clause(
            "Entra ID names"
                + " http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group beside"
                + " the core schema")
        .sends("POST /Groups with that schema as well, members [] and meta")
        .requires("201")
        .run(scim -> {
          ObjectNode group = scim.group("g").put("externalId", scim.tag());
          group
              .withArray("schemas")
              .add("http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group");
          group.putArray("members");
          group.putObject("meta").put("resourceType", "Group");
          scim.post("/Groups", group).status(201);
        });
  }
}
