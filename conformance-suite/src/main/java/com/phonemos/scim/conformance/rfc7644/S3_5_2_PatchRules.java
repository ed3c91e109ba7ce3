package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** RFC 7644 §3.5.2: the rules of PATCH as a whole, and its errors. */
final class S3_5_2_PatchRules {
  /** Operations that must be refused. */
  private static final Map<String, String> REFUSED =
      new java.util.TreeMap<>(
          Map.ofEntries(
              Map.entry("unknown-op", "{'op': 'frobnicate', 'path': 'title', 'value': 'x'}"),
              Map.entry("op-missing", "{'path': 'title', 'value': 'x'}"),
              Map.entry("op-a-number", "{'op': 1, 'path': 'title', 'value': 'x'}"),
              Map.entry(
                  "path-with-open-bracket", "{'op': 'replace', 'path': 'emails[', 'value': 'x'}"),
              Map.entry(
                  "path-with-two-dots",
                  "{'op': 'replace', 'path': 'name..familyName', 'value': 'x'}"),
              Map.entry("path-with-dot-at-end", "{'op': 'replace', 'path': 'name.', 'value': 'x'}"),
              Map.entry(
                  "path-with-broken-filter",
                  "{'op': 'replace', 'path': 'emails[type eq].value', 'value': 'x'}"),
              Map.entry("add-without-value", "{'op': 'add', 'path': 'title'}"),
              Map.entry(
                  "value-of-the-wrong-type",
                  "{'op': 'replace', 'path': 'active', 'value': 'maybe'}"),
              Map.entry(
                  "object-for-a-string", "{'op': 'replace', 'path': 'title', 'value': {'a': 1}}")));

  private S3_5_2_PatchRules() {}

  static Section section() {
    Section section =
        Section.rfc("rfc7644/3.5.2", "Modifying with PATCH", Feature.PATCH)
            .must("answers-200-or-204")
            .clause(
                "On successful completion, the server either MUST return a 200 OK response code and"
                    + " the entire resource, or MAY return HTTP status code 204 if the attributes"
                    + " parameter is not specified")
            .sends("PATCH /Users/{id}")
            .requires("200 with the whole user, or 204")
            .run(scim -> {
              String id = scim.createUser("a").id();
              Answer answer = title(scim, id, "Boss").status(200, 204);
              if (answer.status() == 200) {
                answer.equal("/id", id).equal("/userName", scim.name("a")).present("/meta");
              }
            })
            .must("all-or-nothing")
            .clause(
                "A PATCH request, regardless of the number of operations, SHALL be treated as"
                    + " atomic")
            .sends("a good operation, then a bad one")
            .requires("400, and nothing of the first")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'replace', 'path': 'title', 'value': 'Boss'}",
                      "{'op': 'replace', 'path': 'active', 'value': {'no': 1}}")
                  .status(400);
              scim.get("/Users/" + id).absent("/title");
            })
            .must("unknown-id")
            .clause("404: specified resource does not exist (§3.12)")
            .sends("PATCH /Users/{unknown}")
            .requires("404")
            .run(scim -> title(scim, "00000000-0000-4000-8000-000000000000", "x").status(404))
            .must("deleted-id")
            .clause("404 for all operations of a deleted resource (§3.6)")
            .sends("PATCH of a deleted user")
            .requires("404")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.delete("/Users/" + id).status(204);
              title(scim, id, "x").status(404);
            })
            .must("operations-are-needed")
            .clause(
                "The body of each request MUST contain the Operations attribute, an array of one or"
                    + " more")
            .sends("PATCH with no Operations, and with Operations not an array")
            .requires("400 each")
            .run(scim -> {
              String target = "/Users/" + scim.createUser("a").id();
              scim.send(scim.request("PATCH", target, "{\"schemas\":[\"" + Scim.PATCH_OP + "\"]}"))
                  .status(400);
              scim.send(
                      scim.request(
                          "PATCH",
                          target,
                          "{\"schemas\":[\"" + Scim.PATCH_OP + "\"],\"Operations\":\"x\"}"))
                  .status(400);
            })
            .must("in-their-order")
            .clause(
                "Each operation is applied in the order it appears, on the result of the one"
                    + " before")
            .sends("add, remove and replace of one attribute")
            .requires("the last one's value")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'add', 'path': 'title', 'value': 'A'}",
                      "{'op': 'remove', 'path': 'title'}",
                      "{'op': 'replace', 'path': 'title', 'value': 'C'}")
                  .status(200, 204);
              scim.get("/Users/" + id).equal("/title", "C");
            })
            .must("primary-moves")
            .clause(
                "If a value with primary true is added, the server SHALL set the others to false")
            .sends("add of a second address with primary true")
            .requires("the new one primary, the old one not")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.patch(
                      "/Users/" + id,
                      "{'op': 'add', 'path': 'emails', 'value': [{'value': '%s', 'type': 'home', 'primary': true}]}"
                          .formatted(scim.name("z")))
                  .status(200, 204);
              List<String> primary =
                  scim.get("/Users/" + id).each("/emails").stream()
                      .filter(email -> email.path("primary").asBoolean())
                      .map(email -> email.path("value").asText())
                      .toList();
              if (!primary.equals(List.of(scim.name("z")))) {
                throw new Unmet("the new address alone primary", primary.toString());
              }
            })
            .must("extension-attribute")
            .clause("Extension attributes are named with their URN (§3.10)")
            .sends("add of URN:department, then remove")
            .requires("there, then gone")
            .needs(Feature.ENTERPRISE)
            .run(scim -> {
              String id = scim.createUser("a").id();
              String path = Scim.ENTERPRISE + ":department";
              scim.patch("/Users/" + id, "{'op': 'add', 'path': '" + path + "', 'value': 'R&D'}")
                  .status(200, 204);
              scim.get("/Users/" + id)
                  .equal("/" + Scim.ENTERPRISE + "/department", "R&D")
                  .contains("/schemas", Scim.ENTERPRISE);
              scim.patch("/Users/" + id, "{'op': 'remove', 'path': '" + path + "'}")
                  .status(200, 204);
              scim.get("/Users/" + id).absent("/" + Scim.ENTERPRISE + "/department");
            })
            .must("no-silent-success")
            .clause(
                "A PATCH that is answered 200 has happened (peers: SCIM-SDK#419, langwatch#7140: a"
                    + " no-op answered with success)")
            .sends("replace of an attribute no schema has")
            .requires("400, or the value in the answer, or nothing changed but the version")
            .run(scim -> {
              String id = scim.createUser("a").id();
              Answer answer =
                  scim.patch("/Users/" + id, "{'op': 'replace', 'path': 'nope', 'value': 'x'}");
              if (answer.status() == 400) {
                scim.preferScimType(answer, "invalidPath", "noTarget", "invalidValue");
              } else {
                answer.status(200, 204);
                scim.prefer(false, "400 for an attribute that no schema has", "" + answer.status());
              }
            });
    REFUSED.forEach((name, operation) ->
        section
            .must("refuses-" + name)
            .clause("Errors of PATCH (§3.5.2, §3.12 table 9)")
            .sends("PATCH with " + operation)
            .requires("400, the user unchanged")
            .run(scim -> {
              Answer before = scim.createUser("a");
              scim.patch("/Users/" + before.id(), operation).status(400);
              scim.get("/Users/" + before.id())
                  .equal("/displayName", before.text("/displayName"))
                  .equal("/active", true)
                  .absent("/title");
            }));
    return section;
  }

  private static Answer title(Scim scim, String id, String value) {
    return scim.patch(
        "/Users/" + id, "{'op': 'replace', 'path': 'title', 'value': '%s'}".formatted(value));
  }
}
