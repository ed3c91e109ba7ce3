package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;

/** RFC 7644 §3.8: media types. */
final class S3_8_MediaTypes {
  private S3_8_MediaTypes() {}

  static Section section() {
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

  private static void scimJson(Answer answer) {
    String type =
        answer.requireHeader("Content-Type").replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    answer.check(
        type.equals(Request.SCIM_JSON) || type.startsWith(Request.SCIM_JSON + ";"),
        "Content-Type " + Request.SCIM_JSON,
        type);
  }
}
