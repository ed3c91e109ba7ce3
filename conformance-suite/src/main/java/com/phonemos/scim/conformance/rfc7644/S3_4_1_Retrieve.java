package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;

/** RFC 7644 §3.4.1: retrieving a known resource. */
final class S3_4_1_Retrieve {
  private S3_4_1_Retrieve() {}

  static Section section() {
    return Section.rfc("rfc7644/3.4.1", "Retrieving a Known Resource")
        .must("found")
        .clause(
            "If the resource exists, the server responds with HTTP status code 200 and includes the"
                + " result in the body")
        .sends("GET /Users/{id}")
        .requires("200 and the user as created")
        .run(scim -> {
          Answer created = scim.createUser("a");
          scim.get("/Users/" + created.id())
              .status(200)
              .equal("/id", created.id())
              .equal("/userName", scim.name("a"))
              .equal("/meta", created.at("/meta"));
        })
        .must("unknown")
        .clause("404: specified resource does not exist (§3.12)")
        .sends("GET /Users/{unknown}")
        .requires("404 as a SCIM error")
        .run(scim ->
            scim.get("/Users/00000000-0000-4000-8000-000000000000")
                .status(404)
                .contains("/schemas", Scim.ERROR))
        .must("wrong-type")
        .clause("404: specified resource does not exist (§3.12)")
        .sends("GET /Groups/{id of a user}")
        .requires("404")
        .needs(Feature.GROUPS)
        .run(scim -> scim.get("/Groups/" + scim.createUser("a").id()).status(404))
        .must("query-is-no-part-of-the-id")
        .clause("GET /Users/{id}?attributes=… (§3.9)")
        .sends("GET /Users/{id}?unknown=1")
        .requires("200")
        .run(scim -> scim.get("/Users/" + scim.createUser("a").id() + "?unknown=1").status(200));
  }
}
