package com.phonemos.scim.conformance.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;
import java.util.Map;

/**
 * Microsoft's SCIM Validator: its 24 mandatory and 7 preview tests, as a public run of 2026-02-10
 * sent them.
 */
final class Validator {
  private static final String SOURCE = "Microsoft SCIM Validator, run of 2026-02-10: ";

  /** What the verbose test replaces, with the value as JSON, in the validator's notation. */
  private static final List<String[]> VERBOSE =
      List.of(
          new String[] {"displayName", "'New display'", "/displayName"},
          new String[] {"title", "'New title'", "/title"},
          new String[] {"preferredLanguage", "'pa-IN'", "/preferredLanguage"},
          new String[] {"name.givenName", "'G'", "/name/givenName"},
          new String[] {"name.familyName", "'F'", "/name/familyName"},
          new String[] {"name.formatted", "'G F'", "/name/formatted"},
          new String[] {"name.middleName", "'M'", "/name/middleName"},
          new String[] {"name.honorificPrefix", "'Dr'", "/name/honorificPrefix"},
          new String[] {"name.honorificSuffix", "'II'", "/name/honorificSuffix"},
          new String[] {
            "emails[type eq \\\"work\\\"].value", "'new@suite.example'", "/emails/0/value"
          },
          new String[] {"emails[type eq \\\"work\\\"].primary", "true", "/emails/0/primary"},
          new String[] {
            "addresses[type eq \\\"work\\\"].formatted", "'X'", "/addresses/0/formatted"
          },
          new String[] {
            "addresses[type eq \\\"work\\\"].locality", "'Bern'", "/addresses/0/locality"
          },
          new String[] {
            "addresses[type eq \\\"work\\\"].country", "'Chad'", "/addresses/0/country"
          },
          new String[] {
            "phoneNumbers[type eq \\\"work\\\"].value", "'11-111-1111'", "/phoneNumbers/0/value"
          },
          new String[] {
            "phoneNumbers[type eq \\\"mobile\\\"].value", "'22-222-2222'", "/phoneNumbers/1/value"
          },
          new String[] {
            "phoneNumbers[type eq \\\"fax\\\"].value", "'33-333-3333'", "/phoneNumbers/2/value"
          },
          new String[] {
            Scim.ENTERPRISE + ":department", "'D'", "/" + Scim.ENTERPRISE + "/department"
          },
          new String[] {
            Scim.ENTERPRISE + ":employeeNumber", "'E7'", "/" + Scim.ENTERPRISE + "/employeeNumber"
          },
          new String[] {"roles[primary eq \\\"True\\\"].display", "'R'", "/roles/0/display"},
          new String[] {"roles[primary eq \\\"True\\\"].value", "'RV'", "/roles/0/value"},
          new String[] {"userType", "'T'", "/userType"},
          new String[] {"nickName", "'N'", "/nickName"},
          new String[] {"locale", "'L'", "/locale"},
          new String[] {"timezone", "'Asia/Tokyo'", "/timezone"},
          new String[] {"profileUrl", "'P'", "/profileUrl"});

  /**
   * All but a role: whether the text {@code "True"} finds a boolean is asked when it is replaced.
   */
  private static final List<String[]> ADDED =
      VERBOSE.stream().filter(row -> !row[0].startsWith("roles")).toList();

  private Validator() {}

  static Section users() {
    Section section =
        Section.of(
                Profile.ENTRA,
                "entra/validator/users",
                "Microsoft SCIM Validator: users",
                Feature.PATCH,
                Feature.FILTER,
                Feature.ENTERPRISE)
            .must("1-create")
            .clause(SOURCE + "Create a new user")
            .sends("POST FULL, then GET by userName")
            .requires("201, every sent attribute comes back")
            .run(scim -> {
              ObjectNode full = full(scim, "a");
              scim.post("/Users", full).status(201);
              Answer list = scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"");
              list.equal("/totalResults", 1);
              full.properties().stream()
                  .filter(member ->
                      !List.of("schemas", "roles").contains(member.getKey())
                          && member.getValue().isValueNode())
                  .forEach(
                      member -> list.equal("/Resources/0/" + member.getKey(), member.getValue()));
              list.equal("/Resources/0/name/honorificSuffix", "F")
                  .equal("/Resources/0/addresses/0/country", "Estonia")
                  .size("/Resources/0/phoneNumbers", 3)
                  .equal("/Resources/0/" + Scim.ENTERPRISE + "/costCenter", "X");
            })
            .must("2-duplicate")
            .clause(SOURCE + "Create a duplicate user")
            .sends("POST FULL twice")
            .requires("409")
            .run(scim -> {
              scim.post("/Users", full(scim, "a")).status(201);
              scim.post("/Users", full(scim, "a")).status(409);
            })
            .must("3-filter-existing")
            .clause(SOURCE + "Filter for an existing user, its eight checks")
            .sends("GET /Users?filter=userName+eq+\"…\" with %40 for @")
            .requires("one match in a well-formed list")
            .run(scim -> {
              String id = scim.post("/Users", full(scim, "a")).status(201).id();
              scim.get("/Users?filter=userName+eq+%22" + scim.name("a").replace("@", "%40") + "%22")
                  .status(200)
                  .contains("/schemas", Scim.LIST)
                  .equal("/totalResults", 1)
                  .size("/Resources", 1)
                  .equal("/Resources/0/id", id)
                  .contains("/Resources/0/schemas", Scim.USER);
            })
            .must("4-filter-non-existing")
            .clause(SOURCE + "Filter for a non-existing user")
            .sends("the name with a prefix")
            .requires("200, LIST, totalResults 0")
            .run(scim ->
                scim.filter("/Users", "userName eq \"nonexistent" + scim.name("a") + "\"")
                    .status(200)
                    .contains("/schemas", Scim.LIST)
                    .equal("/totalResults", 0))
            .must("5-filter-other-case")
            .clause(SOURCE + "Filter for an existing user with different casing")
            .sends("the name in upper case")
            .requires("the user")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.filter(
                      "/Users",
                      "userName eq \"" + scim.name("a").toUpperCase(java.util.Locale.ROOT) + "\"")
                  .equal("/totalResults", 1)
                  .equal("/Resources/0/id", id);
            })
            .must("6-replace-verbose")
            .clause(SOURCE + "Patch User - Replace Attributes Verbose Request")
            .sends(VERBOSE.size() + " replace operations in one PATCH")
            .requires("success, all new values")
            .run(scim -> {
              String id = scim.post("/Users", full(scim, "a")).status(201).id();
              String[] operations =
                  VERBOSE.stream()
                      .map(row ->
                          "{'op': 'replace', 'path': '%s', 'value': %s}".formatted(row[0], row[1]))
                      .toArray(String[]::new);
              scim.patch("/Users/" + id, operations).status(200, 204);
              Answer user = scim.get("/Users/" + id);
              VERBOSE.forEach(row -> user.equal(row[2], Json.of("{'v': " + row[1] + "}").get("v")));
            })
            .must("add-verbose")
            .clause(SOURCE + "Patch User - Add Attributes Verbose Request")
            .sends(ADDED.size() + " add operations on a user who has a name only")
            .requires("success, all values; a filtered path makes its element")
            .run(scim -> {
              String id = scim.createUser("a").id();
              String[] operations =
                  ADDED.stream()
                      .map(row ->
                          "{'op': 'add', 'path': '%s', 'value': %s}".formatted(row[0], row[1]))
                      .toArray(String[]::new);
              scim.patch("/Users/" + id, operations).status(200, 204);
              Answer user = scim.get("/Users/" + id);
              ADDED.forEach(row -> user.equal(row[2], Json.of("{'v': " + row[1] + "}").get("v")));
            })
            .must("7-update-user-name")
            .clause(SOURCE + "Update User userName")
            .sends("{\"op\":\"replace\",\"value\":{\"userName\":\"new\"}}")
            .requires("success, the new name")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'replace', 'value': {'userName': '%s'}}".formatted(scim.name("n")))
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/userName", scim.name("n"));
            })
            .must("8-disable")
            .clause(SOURCE + "Disable User")
            .sends("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")
            .requires("active false, still returned")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch("/Users/" + id, "{'op': 'replace', 'path': 'active', 'value': false}")
                  .status(200, 204);
              scim.get("/Users/" + id).status(200).equal("/active", false);
            })
            .must("12-delete")
            .clause(SOURCE + "Delete User")
            .sends("POST, DELETE, GET")
            .requires("201, 204, 404")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.delete("/Users/" + id).status(204);
              scim.get("/Users/" + id).status(404);
            })
            .must("P1-different-attributes")
            .clause(SOURCE + "Patch User - Multiple Ops on different attributes")
            .sends("add of displayName, replace of title and remove of nickName")
            .requires("success, all three done")
            .run(scim -> {
              String id = scim.post("/Users", full(scim, "a")).status(201).id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'add', 'path': 'displayName', 'value': 'A'}",
                      "{'op': 'replace', 'path': 'title', 'value': 'B'}",
                      "{'op': 'remove', 'path': 'nickName'}")
                  .status(200, 204);
              scim.get("/Users/" + id)
                  .equal("/displayName", "A")
                  .equal("/title", "B")
                  .absent("/nickName");
            })
            .must("P2-same-attribute")
            .clause(SOURCE + "Patch User - Multiple Ops on same attribute")
            .sends("remove, add and replace of displayName")
            .requires("success, the last value")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'remove', 'path': 'displayName'}",
                      "{'op': 'add', 'path': 'displayName', 'value': 'A'}",
                      "{'op': 'replace', 'path': 'displayName', 'value': 'B'}")
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/displayName", "B");
            })
            .must("P3-delete-unknown")
            .clause(SOURCE + "Delete a non-existent user, and one twice")
            .sends("DELETE of an unknown id, DELETE twice")
            .requires("404 each")
            .run(scim -> {
              scim.delete("/Users/00000000-0000-4000-8000-000000000000").status(404);
              String id = scim.createUser("a").id();
              scim.delete("/Users/" + id).status(204);
              scim.delete("/Users/" + id).status(404);
            });
    Map<String, String> managers = new java.util.LinkedHashMap<>();
    managers.put("9-add-manager", "{'op': 'add', 'path': 'ENT:manager', 'value': {'value': 'ID'}}");
    managers.put("9-add-manager-as-text", "{'op': 'add', 'path': 'ENT:manager', 'value': 'ID'}");
    managers.put(
        "10-replace-manager", "{'op': 'replace', 'path': 'ENT:manager', 'value': {'value': 'ID'}}");
    managers.put("25-gallery-add", "{'op': 'Add', 'path': 'ENT:manager', 'value': 'ID'}");
    managers.forEach((name, operation) ->
        section
            .must(name)
            .clause(
                SOURCE + "managers (peers: directory-scimple#1244, the manager as a bare string)")
            .sends("PATCH with " + operation)
            .requires("success, manager.value is the id")
            .run(scim -> {
              String boss = scim.createUser("b").id();
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id, operation.replace("ENT", Scim.ENTERPRISE).replace("ID", boss))
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/" + Scim.ENTERPRISE + "/manager/value", boss);
            }));
    section
        .must("10-replace-one-manager-by-another")
        .clause(SOURCE + "Replace Manager")
        .sends("three users; add of one as manager, replace by the other")
        .requires("success, the other one's id")
        .run(scim -> {
          String first = scim.createUser("b").id();
          String second = scim.createUser("c").id();
          String id = scim.createUser("a").id();
          String operation = "{'op': '%s', 'path': '%s:manager', 'value': {'value': '%s'}}";
          scim.patch("/Users/" + id, operation.formatted("add", Scim.ENTERPRISE, first))
              .status(200, 204);
          scim.patch("/Users/" + id, operation.formatted("replace", Scim.ENTERPRISE, second))
              .status(200, 204);
          scim.get("/Users/" + id).equal("/" + Scim.ENTERPRISE + "/manager/value", second);
        });
    Map<String, String> removals = new java.util.LinkedHashMap<>();
    removals.put(
        "11-remove-manager-by-empty-value",
        "{'op': 'replace', 'path': 'ENT:manager', 'value': {'value': ''}}");
    removals.put(
        "11-remove-manager-by-empty-text", "{'op': 'replace', 'path': 'ENT:manager', 'value': ''}");
    removals.put("11-remove-manager", "{'op': 'Remove', 'path': 'ENT:manager'}");
    removals.forEach((name, operation) ->
        section
            .must(name)
            .clause(SOURCE + "Remove Manager")
            .sends("PATCH with " + operation)
            .requires("success, no manager")
            .run(scim -> {
              String boss = scim.createUser("b").id();
              ObjectNode user = full(scim, "a");
              user.withObject("/" + Scim.ENTERPRISE).putObject("manager").put("value", boss);
              String id = scim.post("/Users", user).status(201).id();
              scim.patch("/Users/" + id, operation.replace("ENT", Scim.ENTERPRISE))
                  .status(200, 204);
              scim.get("/Users/" + id).absent("/" + Scim.ENTERPRISE + "/manager/value");
            }));
    return section;
  }

  /**
   * The validator's full body: schemas last, primary of a role as text, a manager that is a word.
   */
  static ObjectNode full(Scim scim, String suffix) {
    return Json.of(
        """
        {'userName': '%s', 'active': true, 'displayName': 'X', 'title': 'X',
         'emails': [{'type': 'work', 'value': '%s', 'primary': true}],
         'preferredLanguage': 'el-CY',
         'name': {'givenName': 'A', 'familyName': 'B', 'formatted': 'C', 'middleName': 'D',
                  'honorificPrefix': 'E', 'honorificSuffix': 'F'},
         'addresses': [{'type': 'work', 'formatted': 'X', 'streetAddress': '1 Rue',
           'locality': 'X', 'region': 'X', 'postalCode': 'pr01 7fy', 'primary': true,
           'country': 'Estonia'}],
         'phoneNumbers': [{'type': 'work', 'value': '45-955-7623', 'primary': true},
           {'type': 'mobile', 'value': '45-955-7623'}, {'type': 'fax', 'value': '45-955-7623'}],
         '%s': {'employeeNumber': 'X', 'department': 'X', 'costCenter': 'X',
           'organization': 'X', 'division': 'X', 'manager': {'value': 'X'}},
         'roles': [{'primary': 'True', 'display': 'X', 'value': 'X', 'type': 'X'}],
         'userType': 'X', 'nickName': 'X', 'locale': 'X', 'timezone': 'America/Guyana',
         'profileUrl': 'X', 'schemas': ['%s', '%s']}\
        """
            .formatted(
                scim.name(suffix),
                scim.name("m" + suffix),
                Scim.ENTERPRISE,
                Scim.USER,
                Scim.ENTERPRISE));
  }
}
