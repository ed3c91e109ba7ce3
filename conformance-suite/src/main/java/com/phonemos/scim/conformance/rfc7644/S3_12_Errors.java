package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** RFC 7644 §3.12, §3.14 and §4: errors, versions, discovery endpoints. */
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

  static Section errors() {
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

  static Section versions() {
    return Section.rfc("rfc7644/3.14", "Versioning Resources", Feature.ETAG)
        .must("etag-header-and-meta-version")
        .clause(
            "The ETag HTTP header MUST be returned on requests for a resource; meta.version MUST be"
                + " the same (RFC 7643 §3.1)")
        .sends("POST and GET of a user")
        .requires("ETag equal to meta.version in both")
        .run(scim -> {
          Answer created = scim.createUser("a");
          created.equal("/meta/version", created.requireHeader("ETag"));
          Answer read = scim.get("/Users/" + created.id());
          read.equal("/meta/version", read.requireHeader("ETag"));
        })
        .must("version-changes")
        .clause("meta.version: the version of the resource being returned")
        .sends("PUT of a changed user")
        .requires("another version; the same one on two GETs")
        .run(scim -> {
          Answer before = scim.createUser("a");
          String target = "/Users/" + before.id();
          Answer after = scim.put(target, scim.user("a").put("title", "x")).status(200);
          after.check(
              !after.text("/meta/version").equals(before.text("/meta/version")),
              "another version",
              "the same");
          scim.get(target).equal("/meta/version", after.text("/meta/version"));
        })
        .must("stale-put")
        .clause(
            "If the service provider supports versioning, 412 when the precondition fails (§3.12)")
        .sends("PUT with If-Match of an older version")
        .requires("412, nothing changed")
        .run(scim -> {
          Answer before = scim.createUser("a");
          String target = "/Users/" + before.id();
          scim.put(target, scim.user("a").put("title", "x")).status(200);
          scim.send(
                  scim.request("PUT", target, scim.user("a").put("title", "y").toString())
                      .with("If-Match", before.text("/meta/version")))
              .status(412);
          scim.get(target).equal("/title", "x");
        })
        .must("current-put")
        .clause("If-Match with the current version (RFC 7232 §3.1)")
        .sends("PUT with If-Match of the current version")
        .requires("200")
        .run(scim -> {
          Answer user = scim.createUser("a");
          scim.send(
                  scim.request("PUT", "/Users/" + user.id(), scim.user("a").toString())
                      .with("If-Match", user.text("/meta/version")))
              .status(200);
        })
        .must("stale-delete")
        .clause("412 when the precondition fails (§3.12)")
        .sends("DELETE with If-Match of an older version")
        .requires("412, the user still there")
        .run(scim -> {
          Answer before = scim.createUser("a");
          String target = "/Users/" + before.id();
          scim.put(target, scim.user("a").put("title", "x")).status(200);
          scim.send(scim.request("DELETE", target).with("If-Match", before.text("/meta/version")))
              .status(412);
          scim.get(target).status(200);
        })
        .must("stale-patch")
        .clause("412 when the precondition fails (§3.12)")
        .sends("PATCH with If-Match of an older version")
        .requires("412, nothing changed")
        .needs(Feature.PATCH)
        .run(scim -> {
          Answer before = scim.createUser("a");
          String target = "/Users/" + before.id();
          scim.put(target, scim.user("a").put("title", "x")).status(200);
          scim.send(
                  scim.patchRequest(target, "{'op': 'replace', 'path': 'title', 'value': 'y'}")
                      .with("If-Match", before.text("/meta/version")))
              .status(412);
          scim.get(target).equal("/title", "x");
        })
        .should("not-modified")
        .clause("If the resource has not changed, 304 (§3.14; RFC 7232 §3.2)")
        .sends("GET with If-None-Match of the current version")
        .requires("304 without a body")
        .run(scim -> {
          Answer user = scim.createUser("a");
          scim.send(
                  scim.request("GET", "/Users/" + user.id())
                      .with("If-None-Match", user.text("/meta/version")))
              .status(304);
        })
        .must("one-of-many-wins")
        .clause("If-Match makes concurrent updates exclusive (RFC 7232 §3.1)")
        .sends("8 PUTs at once with If-Match of one version")
        .requires("one 200 and seven 412")
        .run(scim -> {
          Answer user = scim.createUser("a");
          List<Request> puts =
              IntStream.range(0, 8)
                  .mapToObj(i ->
                      scim.request(
                              "PUT",
                              "/Users/" + user.id(),
                              scim.user("a").put("title", "t" + i).toString())
                          .with("If-Match", user.text("/meta/version")))
                  .toList();
          List<Integer> statuses =
              scim.together(puts).stream().map(Answer::status).sorted().toList();
          if (!statuses.equals(List.of(200, 412, 412, 412, 412, 412, 412, 412))) {
            throw new Unmet("one 200 and seven 412", statuses.toString());
          }
        });
  }

  static Section discovery() {
    Section section =
        Section.rfc("rfc7644/4", "Service Provider Configuration Endpoints")
            .must("config")
            .clause(
                "/ServiceProviderConfig: an HTTP GET to this endpoint will return a JSON structure")
            .sends("GET /ServiceProviderConfig")
            .requires("200")
            .run(scim -> scim.get("/ServiceProviderConfig").status(200))
            .must("schemas-are-a-list")
            .clause(
                "/Schemas: an HTTP GET to this endpoint is used to retrieve all supported schemas"
                    + " as a ListResponse")
            .sends("GET /Schemas")
            .requires("a ListResponse whose totalResults is the number of Resources")
            .run(scim -> counted(scim.get("/Schemas")))
            .must("resource-types-are-a-list")
            .clause(
                "/ResourceTypes: an HTTP GET to this endpoint is used to discover the types of"
                    + " resources")
            .sends("GET /ResourceTypes")
            .requires("a ListResponse whose totalResults is the number of Resources")
            .run(scim -> counted(scim.get("/ResourceTypes")))
            .must("one-schema")
            .clause(
                "An individual schema MAY be returned by appending the schema URI to the /Schemas"
                    + " endpoint")
            .sends("GET /Schemas/{User}")
            .requires("200 with that id")
            .run(scim -> scim.get("/Schemas/" + Scim.USER).status(200).equal("/id", Scim.USER))
            .must("one-resource-type")
            .clause("An individual resource type at /ResourceTypes/{name}")
            .sends("GET /ResourceTypes/User")
            .requires("200 with that name")
            .run(scim -> scim.get("/ResourceTypes/User").status(200).equal("/name", "User"))
            .must("unknown-schema")
            .clause("404 (§3.12)")
            .sends("GET /Schemas/urn:example:nothing and /ResourceTypes/Robot")
            .requires("404 each")
            .run(scim -> {
              scim.get("/Schemas/urn:example:nothing").status(404);
              scim.get("/ResourceTypes/Robot").status(404);
            })
            .should("locations-resolve")
            .clause("meta.location: the URI of the resource being returned (RFC 7643 §3.1)")
            .sends("GET of each schema's meta.location")
            .requires("200")
            .run(scim -> {
              for (JsonNode schema : scim.get("/Schemas").status(200).each("/Resources")) {
                String location = schema.at("/meta/location").asText();
                int at = location.lastIndexOf("/Schemas/");
                if (at < 0) {
                  throw new Unmet("meta.location at /Schemas/", location);
                }
                scim.get(location.substring(at)).status(200);
              }
            });
    for (String endpoint : List.of("/Schemas", "/ResourceTypes", "/ServiceProviderConfig")) {
      section
          .should("filter-on" + endpoint.replace('/', '-') + "-is-refused")
          .clause(
              "If a filter is provided, the service provider SHOULD respond with HTTP status code"
                  + " 403")
          .sends("GET " + endpoint + "?filter=…")
          .requires("403")
          .run(scim -> scim.filter(endpoint, "name eq \"User\"").status(403));
    }
    return section;
  }

  private static void counted(Answer list) {
    list.status(200).contains("/schemas", Scim.LIST);
    list.equal("/totalResults", list.at("/Resources").size());
    list.check(!list.at("/Resources").isEmpty(), "Resources", "none");
  }
}
