package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.List;
import java.util.stream.IntStream;

/** RFC 7644 §3.14: versions and preconditions. */
final class S3_14_Versions {
  private S3_14_Versions() {}

  static Section section() {
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
}
