package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;

/** RFC 7644 §3.4.2: lists. */
final class S3_4_2_Query {
  private S3_4_2_Query() {}

  static Section section() {
    return Section.rfc("rfc7644/3.4.2", "Query Resources")
        .must("list-response")
        .clause(
            "Responses MUST be identified using the URI"
                + " urn:ietf:params:scim:api:messages:2.0:ListResponse")
        .sends("GET /Users?count=1")
        .requires("schemas with the ListResponse URN, totalResults a number")
        .run(scim -> {
          scim.createUser("a");
          Answer list = scim.get("/Users?count=1").status(200).contains("/schemas", Scim.LIST);
          list.check(list.at("/totalResults").isInt(), "totalResults a number", list.body());
        })
        .must("no-match-is-200")
        .clause(
            "If a query returns no results, the response is 200 with totalResults set to a value of"
                + " 0")
        .sends("GET /Users?filter=userName eq an unknown name")
        .requires("200, totalResults 0, no Resources")
        .needs(Feature.FILTER)
        .run(scim ->
            scim.filter("/Users", "userName eq \"" + scim.name("nobody") + "\"")
                .status(200)
                .contains("/schemas", Scim.LIST)
                .equal("/totalResults", 0)
                .size("/Resources", 0))
        .must("resources-is-required-when-there-are-any")
        .clause("Resources: REQUIRED if totalResults is non-zero")
        .sends("GET /Users?filter=… of one user")
        .requires("one resource, whole, with its schemas")
        .needs(Feature.FILTER)
        .run(scim -> {
          scim.createUser("a");
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"")
              .equal("/totalResults", 1)
              .size("/Resources", 1)
              .contains("/Resources/0/schemas", Scim.USER)
              .present("/Resources/0/id")
              .present("/Resources/0/meta");
        })
        .must("groups-list")
        .clause("GET on the resource type endpoint queries that type")
        .sends("GET /Groups with a filter for one group")
        .requires("that group and no user")
        .needs(Feature.GROUPS, Feature.FILTER)
        .run(scim -> {
          String id = scim.createGroup("g").id();
          scim.filter("/Groups", "displayName eq \"" + scim.tag() + "g\"")
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        });
  }
}
