package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;
import java.util.Map;

/** RFC 7644 §3.12: statuses and error bodies. */
final class S3_12_Errors {
  /** Bodies that are no resource. */
  private static final Map<String, String> BROKEN =
      new java.util.TreeMap<>(
          Map.ofEntries(
              Map.entry("empty-body", ""),
              Map.entry("truncated", "{\"schemas\":[\"" + Scim.USER + "\"],\"userName\":\"x"),
              Map.entry("an-array", "[]"),
              Map.entry("a-string", "\"x\""),
              Map.entry("null", "null"),
              Map.entry("two-documents", "{}{}"),
              Map.entry("trailing-comma", "{\"userName\":\"x\",}"),
              Map.entry("single-quotes", "{'userName':'x'}"),
              Map.entry("nan", "{\"userName\":NaN}"),
              Map.entry("deep-nesting", "[".repeat(5_000) + "]".repeat(5_000))));

  /** Users whose values have the wrong type. */
  private static final Map<String, String> WRONG =
      new java.util.TreeMap<>(
          Map.ofEntries(
              Map.entry("user-name-object", "{'userName': {'a': 1}}"),
              Map.entry("user-name-array", "{'userName': ['a']}"),
              Map.entry("active-word", "{'active': 'maybe'}"),
              Map.entry("emails-string", "{'emails': 'a@b.example'}"),
              Map.entry("name-string", "{'name': 'Ada'}"),
              Map.entry("schemas-string", "{'schemas': '" + Scim.USER + "'}"),
              Map.entry("schemas-unknown", "{'schemas': ['urn:example:nothing']}")));

  private S3_12_Errors() {}

  static Section section() {
    Section section =
        Section.rfc("rfc7644/3.12", "HTTP Status and Error Response Handling")
            .must("schema-and-status")
            .clause(
                "Error responses MUST be identified by urn:ietf:params:scim:api:messages:2.0:Error;"
                    + " status: REQUIRED, a JSON string")
            .sends("GET of an unknown user")
            .requires("404 with schemas and \"status\": \"404\"")
            .run(scim ->
                scim.get("/Users/unknown")
                    .status(404)
                    .contains("/schemas", Scim.ERROR)
                    .equal("/status", "404"))
            .should("detail")
            .clause(
                "detail: a detailed human-readable message. OPTIONAL, asked for by Okta's SPEC"
                    + " test")
            .sends("GET of an unknown user")
            .requires("a detail")
            .run(scim -> scim.get("/Users/unknown").status(404).present("/detail"))
            .must("errors-of-creation")
            .clause("400 with the Error schema")
            .sends("POST /Users with broken JSON")
            .requires("400 with schemas and \"status\": \"400\"")
            .run(scim ->
                scim.send(scim.request("POST", "/Users", "{"))
                    .status(400)
                    .contains("/schemas", Scim.ERROR)
                    .equal("/status", "400"))
            .must("no-stack-trace")
            .clause("§7.5 and good sense: an error tells nothing of the inside")
            .sends("POST /Users with broken JSON, GET of a monstrous filter")
            .requires("no class name or trace in the answer")
            .run(scim -> {
              for (Answer answer :
                  List.of(
                      scim.send(scim.request("POST", "/Users", "{\"userName\":")),
                      scim.filter("/Users", "((((("))) {
                answer.check(
                    !answer
                        .body()
                        .matches("(?s).*(\\.java:|Exception|at [a-z]+\\.[a-z]+\\.|stackTrace).*"),
                    "an error without a trace",
                    answer.body());
              }
            })
            .must("nul-is-handled")
            .clause("A value that cannot be kept is 400 invalidValue, never 5xx")
            .sends("POST /Users with \\u0000 in displayName")
            .requires("400, or 201 with the character kept")
            .run(scim ->
                scim.post("/Users", scim.user("a").put("displayName", "a\u0000b"))
                    .status(400, 201));
    BROKEN.forEach((name, body) ->
        section
            .must("body-" + name)
            .clause("invalidSyntax: the request body message structure was invalid")
            .sends("POST /Users with " + (body.length() > 60 ? name : "'" + body + "'"))
            .requires("400")
            .run(scim ->
                scim.preferScimType(
                    scim.send(scim.request("POST", "/Users", body)).status(400),
                    "invalidSyntax",
                    "invalidValue")));
    WRONG.forEach((name, members) ->
        section
            .must("value-" + name)
            .clause(
                "invalidValue or invalidSyntax: a value was not compatible with the attribute type")
            .sends("POST /Users with " + members)
            .requires("400")
            .run(scim -> {
              ObjectNode user = scim.user("a");
              user.setAll(Json.of(members));
              scim.preferScimType(
                  scim.post("/Users", user).status(400), "invalidValue", "invalidSyntax");
            }));
    return section;
  }
}
