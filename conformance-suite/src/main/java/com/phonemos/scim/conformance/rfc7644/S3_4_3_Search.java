package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;

/** RFC 7644 §3.4.3: querying by POST. */
final class S3_4_3_Search {
  private S3_4_3_Search() {}

  static Section section() {
    return Section.rfc(
            "rfc7644/3.4.3", "Querying Resources Using HTTP POST", Feature.SEARCH, Feature.FILTER)
        .must("finds-as-get-does")
        .clause(
            "Clients MAY execute queries without passing parameters on the URL by using POST with"
                + " /.search")
        .sends("POST /Users/.search with a filter")
        .requires("200, a ListResponse with that user")
        .run(scim -> {
          scim.createUser("b");
          String id = scim.createUser("a").id();
          search(
                  scim,
                  "/Users/.search",
                  "'filter': 'userName eq \\\"%s\\\"'".formatted(scim.name("a")))
              .status(200)
              .contains("/schemas", Scim.LIST)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("pages")
        .clause("startIndex and count as in §3.4.2.4")
        .sends("POST /Users/.search with count 1")
        .requires("one resource of three")
        .run(scim -> {
          ThreeUsers.create(scim);
          search(
                  scim,
                  "/Users/.search",
                  "'filter': 'userName sw \\\"%s\\\"', 'count': 1, 'startIndex': 2"
                      .formatted(scim.tag()))
              .status(200)
              .equal("/totalResults", 3)
              .size("/Resources", 1)
              .equal("/startIndex", 2);
        })
        .must("attributes")
        .clause(
            "attributes: a multi-valued list of strings indicating the names of resource attributes"
                + " to return")
        .sends("POST /Users/.search with attributes [userName]")
        .requires("userName without emails")
        .run(scim -> {
          scim.createUser("a");
          search(
                  scim,
                  "/Users/.search",
                  "'attributes': ['userName'], 'filter': 'userName eq \\\"%s\\\"'"
                      .formatted(scim.name("a")))
              .status(200)
              .present("/Resources/0/userName")
              .absent("/Resources/0/emails");
        })
        .should("over-all-types")
        .clause("POST /.search queries all resource types")
        .sends("POST /.search with a filter")
        .requires("200 with the match, or 501 or 403 or 404 where it is not offered")
        .run(scim -> {
          String id = scim.createUser("a").id();
          Answer all =
              search(
                  scim, "/.search", "'filter': 'userName eq \\\"%s\\\"'".formatted(scim.name("a")));
          if (all.status() == 200) {
            all.contains("/schemas", Scim.LIST);
            all.check(all.each("/Resources", "id").contains(id), "the user", all.body());
          } else {
            all.status(501, 403, 404, 405);
          }
        })
        .must("refuses-a-bad-filter")
        .clause("invalidFilter (§3.12)")
        .sends("POST /Users/.search with filter \"userName eq\"")
        .requires("400 invalidFilter")
        .run(scim ->
            scim.preferScimType(
                search(scim, "/Users/.search", "'filter': 'userName eq'").status(400),
                "invalidFilter"));
  }

  private static Answer search(Scim scim, String target, String members) {
    return scim.post(target, Json.of("{'schemas': ['" + Scim.SEARCH + "'], " + members + "}"));
  }
}
