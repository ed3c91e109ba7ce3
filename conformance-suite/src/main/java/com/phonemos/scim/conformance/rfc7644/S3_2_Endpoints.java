package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.Map;

/** RFC 7644 §3.2: endpoints and methods. */
final class S3_2_Endpoints {
  private S3_2_Endpoints() {}

  static Section section() {
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
}
