package com.phonemos.scim.conformance.entra;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;

/** Entra ID's own wire shapes, and Microsoft's gallery validation. */
final class Dialect {
  /** A PATCH of a user with a work address, and what must be there after. */
  private record Shape(String id, String evidence, String operation, String place, String value) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "op-capitalised-replace",
              "default dialect",
              "{'op': 'Replace', 'path': 'displayName', 'value': 'New'}",
              "/displayName",
              "'New'"),
          new Shape(
              "op-capitalised-add",
              "default dialect",
              "{'op': 'Add', 'path': 'title', 'value': 'New'}",
              "/title",
              "'New'"),
          new Shape(
              "op-capitalised-remove",
              "default dialect",
              "{'op': 'Remove', 'path': 'displayName'}",
              "/displayName",
              ""),
          new Shape(
              "active-as-text-False",
              "default dialect (peers: scimmy#86)",
              "{'op': 'Replace', 'path': 'active', 'value': 'False'}",
              "/active",
              "false"),
          new Shape(
              "active-as-text-True",
              "default dialect",
              "{'op': 'Replace', 'path': 'active', 'value': 'True'}",
              "/active",
              "true"),
          new Shape(
              "add-creates-the-element",
              "default dialect, capture of 2025-07 (peers: wire-server#5419)",
              "{'op': 'Add', 'path': 'phoneNumbers[type eq \\\"mobile\\\"].value', 'value': '+41"
                  + " 1'}",
              "/phoneNumbers/0/value",
              "'+41 1'"),
          new Shape(
              "replace-creates-the-element",
              "default dialect (peers: scim-for-keycloak#73)",
              "{'op': 'Replace', 'path': 'addresses[type eq \\\"work\\\"].locality', 'value':"
                  + " 'Bern'}",
              "/addresses/0/locality",
              "'Bern'"),
          new Shape(
              "replaces-the-work-address",
              "capture of 2022-12",
              "{'op': 'Replace', 'path': 'emails[type eq \\\"work\\\"].value', 'value':"
                  + " 'n@suite.example'}",
              "/emails/0/value",
              "'n@suite.example'"),
          new Shape(
              "add-by-urn",
              "capture of 2022-12",
              "{'op': 'Add', 'path': '" + Scim.ENTERPRISE + ":department', 'value': 'R'}",
              "/" + Scim.ENTERPRISE + "/department",
              "'R'"),
          new Shape(
              "flag-dotted-keys",
              "aadOptscim062020, capture of 2024",
              "{'op': 'replace', 'value': {'displayName': 'New', 'name.givenName': 'Gi',"
                  + " 'name.familyName': 'Fa'}}",
              "/name/givenName",
              "'Gi'"),
          new Shape(
              "flag-urn-keys",
              "aadOptscim062020, capture of 2026-05",
              "{'op': 'add', 'value': {'" + Scim.ENTERPRISE + ":department': 'R'}}",
              "/" + Scim.ENTERPRISE + "/department",
              "'R'"),
          new Shape(
              "null-update-empty-text",
              "gallery test 16, SCIM_Null_Update",
              "{'op': 'replace', 'path': 'displayName', 'value': ''}",
              "/displayName",
              ""),
          new Shape(
              "null-update-null",
              "gallery test 16, SCIM_Null_Update",
              "{'op': 'replace', 'path': 'displayName', 'value': null}",
              "/displayName",
              ""));

  private Dialect() {}

  static Section section() {
    Section section =
        Section.of(
                Profile.ENTRA,
                "entra/dialect",
                "Entra ID's wire shapes",
                Feature.PATCH,
                Feature.FILTER)
            .must("test-connection")
            .clause("Entra ID tests a connection by a filter for a random name")
            .sends("GET /Users?filter=userName eq \"{guid}\"")
            .requires("200 with an empty list, never 404")
            .run(scim ->
                scim.filter("/Users", "userName eq \"" + java.util.UUID.randomUUID() + "\"")
                    .status(200)
                    .contains("/schemas", Scim.LIST)
                    .equal("/totalResults", 0))
            .must("match-by-external-id")
            .clause("Matching attributes must be filterable")
            .sends("GET /Users?filter=externalId eq \"…\"")
            .requires("the user")
            .run(scim -> {
              String id =
                  scim.post("/Users", scim.user("a").put("externalId", "x" + scim.tag()))
                      .status(201)
                      .id();
              scim.filter("/Users", "externalId eq \"x" + scim.tag() + "\"")
                  .equal("/Resources/0/id", id);
            })
            .must("match-by-work-address")
            .clause(
                "Matching by emails[type eq \"work\"].value (peers: Metatavu#35, keycloak#50366)")
            .sends("GET /Users?filter=emails[type eq \"work\"].value eq \"…\"")
            .requires("the user")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.filter("/Users", "emails[type eq \"work\"].value eq \"" + scim.name("a") + "\"")
                  .status(200)
                  .equal("/totalResults", 1)
                  .equal("/Resources/0/id", id);
            })
            .must("operations-before-schemas")
            .clause("Entra ID sends Operations as the first member (capture of 2025-01)")
            .sends("PATCH with Operations before schemas")
            .requires("success")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.send(
                      scim.request(
                          "PATCH",
                          "/Users/" + id,
                          "{\"Operations\":[{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"x\"}],\"schemas\":[\""
                              + Scim.PATCH_OP
                              + "\"]}"))
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/title", "x");
            })
            .must("soft-delete-and-restore")
            .clause("Gallery test 6, Restore_User: unassign, then assign again")
            .sends("active False, filter by userName, active True")
            .requires("found while disabled, the same id, active again")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch("/Users/" + id, "{'op': 'Replace', 'path': 'active', 'value': 'False'}")
                  .status(200, 204);
              scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"")
                  .equal("/Resources/0/id", id)
                  .equal("/Resources/0/active", false);
              scim.patch("/Users/" + id, "{'op': 'Replace', 'path': 'active', 'value': 'True'}")
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/active", true);
            })
            .must("gallery-schema-discoverability")
            .clause("Gallery test 15, Schema_Discoverability")
            .sends("GET /Schemas")
            .requires("Resources with userName, emails and active among the attributes")
            .run(scim -> {
              Answer schemas = scim.get("/Schemas").status(200);
              for (String name : List.of("userName", "emails", "active", "displayName")) {
                schemas.check(
                    schemas.body().contains("\"" + name + "\""),
                    name + " in a schema",
                    "it is in none");
              }
            })
            .must("gallery-pagination")
            .clause("Gallery test 23, SCIM_User_Pagination")
            .sends("GET /Users?startIndex=6&count=5 with 11 users")
            .requires("startIndex 6, five resources")
            .run(scim -> {
              for (int i = 0; i < 11; i++) {
                scim.createUser("u" + i);
              }
              scim.get("/Users?startIndex=6&count=5")
                  .status(200)
                  .equal("/startIndex", 6)
                  .size("/Resources", 5);
            });
    for (Shape shape : SHAPES) {
      section
          .must(shape.id)
          .clause("Entra ID, " + shape.evidence)
          .sends("PATCH /Users/{id} with " + shape.operation.replace("\\", ""))
          .requires(shape.place + (shape.value.isEmpty() ? " absent" : " = " + shape.value))
          .run(scim -> {
            String id = scim.createUser("a").id();
            scim.patch("/Users/" + id, shape.operation).status(200, 204);
            Answer user = scim.get("/Users/" + id).status(200);
            if (shape.value.isEmpty()) {
              user.absent(shape.place);
            } else {
              user.equal(shape.place, Json.of("{'v': " + shape.value + "}").get("v"));
            }
          });
    }
    return section;
  }
}
