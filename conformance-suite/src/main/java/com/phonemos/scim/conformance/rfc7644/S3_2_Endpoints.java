package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;
import java.util.Map;
import java.util.Set;

/** RFC 7644 §3.1, §3.2, §3.8 and §3.11: endpoints, methods, media types. */
final class S3_2_Endpoints {
  private S3_2_Endpoints() {}

  static Section endpoints() {
    Section section =
        Section.rfc("rfc7644/3.2", "SCIM Endpoints and HTTP Methods")
            .must("unknown-endpoint")
            .clause("404: specified resource or endpoint does not exist (§3.12)")
            .sends("GET /Widgets")
            .requires("404")
            .run(scim -> scim.get("/Widgets").status(404))
            .must("override-header-has-no-effect")
            .clause("HTTP methods are those of RFC 7231; no method override is defined")
            .sends("POST /Users/{id} with X-HTTP-Method-Override: DELETE")
            .requires("the user still there")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.send(
                  scim.request("POST", "/Users/" + id, "{}")
                      .with("X-HTTP-Method-Override", "DELETE"));
              scim.get("/Users/" + id).status(200);
            })
            .must("escaped-slash-is-no-path")
            .clause("404: specified resource does not exist (§3.12)")
            .sends("GET /Users/..%2fGroups and /Users/%2e%2e%2fGroups")
            .requires("404 or 400, no list")
            .run(scim -> {
              scim.get("/Users/..%2fGroups").status(404, 400);
              scim.get("/Users/%2e%2e%2fGroups").status(404, 400);
            })
            .must("monstrous-id")
            .clause("404: specified resource does not exist (§3.12)")
            .sends("GET /Users/ with an id of 2,000 characters")
            .requires("404, or 400 or 414")
            .run(scim -> scim.get("/Users/" + "x".repeat(2_000)).status(404, 400, 414));
    Map<String, String> wrong =
        new java.util.TreeMap<>(
            Map.of(
                "DELETE", "/Users",
                "PUT", "/Users",
                "PATCH", "/Schemas",
                "POST", "/ServiceProviderConfig"));
    wrong.forEach((method, target) ->
        section
            .should("no-" + method.toLowerCase(java.util.Locale.ROOT) + target.replace('/', '-'))
            .clause("The endpoint does not define this method (§3.2 table 2; RFC 7231 §6.5.5)")
            .sends(method + " " + target)
            .requires("405 with Allow, or 404 or 501")
            .run(scim -> {
              Answer answer = scim.send(scim.request(method, target, "{}")).status(405, 404, 501);
              scim.prefer(
                  answer.status() == 405 && answer.header("Allow").isPresent(),
                  "405 with Allow",
                  "status "
                      + answer.status()
                      + ", Allow "
                      + answer.header("Allow").orElse("absent"));
            }));
    return section;
  }

  static Section mediaTypes() {
    return Section.rfc("rfc7644/3.8", "Media Types")
        .must("answers-are-scim-json")
        .clause("Service providers MUST ... return application/scim+json (§3.1, §8.1)")
        .sends("GET of a list and of a user")
        .requires("Content-Type: application/scim+json")
        .run(scim -> {
          scimJson(scim.createUser("a"));
          scimJson(scim.get("/Users?count=1").status(200));
        })
        .must("errors-are-scim-json")
        .clause("Error responses are returned as SCIM JSON bodies (§3.12)")
        .sends("GET of an unknown user")
        .requires("404 as application/scim+json")
        .run(scim -> scimJson(scim.get("/Users/unknown").status(404)))
        .must("accepts-application-json")
        .clause(
            "Servers MUST accept application/json as a request's media type (§3.8: SHOULD support"
                + " both)")
        .sends("POST /Users as application/json")
        .requires("201")
        .run(scim ->
            scim.send(
                    scim.request("POST", "/Users", scim.user("a").toString())
                        .with("Content-Type", "application/json"))
                .status(201))
        .must("accepts-a-charset")
        .clause("application/scim+json; the encoding is UTF-8 (§8.1)")
        .sends("POST /Users as application/scim+json; charset=utf-8")
        .requires("201")
        .run(scim ->
            scim.send(
                    scim.request("POST", "/Users", scim.user("a").toString())
                        .with("Content-Type", "application/scim+json; charset=utf-8"))
                .status(201))
        .must("answers-a-client-that-accepts-json")
        .clause("application/json in the Accept header (§3.8)")
        .sends("GET /Users?count=1 with Accept: application/json")
        .requires("200 with a JSON body")
        .run(scim ->
            scim.send(scim.request("GET", "/Users?count=1").with("Accept", "application/json"))
                .status(200)
                .contains("/schemas", Scim.LIST))
        .should("refuses-other-media-types")
        .clause("415 Unsupported Media Type (RFC 7231 §6.5.13)")
        .sends("POST /Users as text/plain")
        .requires("415 or 400, no user created")
        .run(scim ->
            scim.send(
                    scim.request("POST", "/Users", scim.user("a").toString())
                        .with("Content-Type", "text/plain"))
                .status(415, 400));
  }

  static Section me() {
    return Section.rfc("rfc7644/3.11", "/Me Authenticated Subject Alias")
        .must("me-is-clear")
        .clause(
            "A service provider that does NOT support this feature SHOULD respond with 501; it MAY"
                + " redirect with 308")
        .sends("GET /Me")
        .requires("200, 308, 501, or 403 or 404")
        .run(scim -> {
          Answer me = scim.get("/Me").status(200, 308, 501, 404, 403);
          scim.prefer(
              Set.of(200, 308, 501).contains(me.status()), "200, 308 or 501", "" + me.status());
        });
  }

  private static void scimJson(Answer answer) {
    String type =
        answer.requireHeader("Content-Type").replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    answer.check(
        type.equals(Request.SCIM_JSON) || type.startsWith(Request.SCIM_JSON + ";"),
        "Content-Type " + Request.SCIM_JSON,
        type);
  }
}
