package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;

/** RFC 7644 §6: tenants are kept apart. */
final class S6_Tenants {
  private S6_Tenants() {}

  static Section section() {
    return Section.rfc("rfc7644/6", "Multi-Tenancy", Feature.SECOND_TENANT)
        .must("read-across")
        .clause("A service provider MUST keep the resources of tenants apart (§6)")
        .sends("GET of a user with the token of another tenant")
        .requires("404, with the body of an unknown id")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.send(other(scim, scim.request("GET", "/Users/" + id))).status(404);
        })
        .must("write-across")
        .clause("A service provider MUST keep the resources of tenants apart (§6)")
        .sends("PUT, PATCH and DELETE with the token of another tenant")
        .requires("404 each, and the user unchanged")
        .run(scim -> {
          Answer user = scim.createUser("a");
          String target = "/Users/" + user.id();
          scim.send(other(scim, scim.request("PUT", target, scim.user("b").toString())))
              .status(404);
          scim.send(
                  other(
                      scim,
                      scim.patchRequest(
                          target, "{'op': 'replace', 'path': 'displayName', 'value': 'Eve'}")))
              .status(404);
          scim.send(other(scim, scim.request("DELETE", target))).status(404);
          scim.get(target).status(200).equal("/displayName", user.text("/displayName"));
        })
        .must("list-across")
        .clause("A service provider MUST keep the resources of tenants apart (§6)")
        .sends("GET /Users?filter=userName eq … with the token of another tenant")
        .requires("no results")
        .run(scim -> {
          scim.createUser("a");
          String query = Scim.encoded("userName eq \"" + scim.name("a") + "\"");
          scim.send(other(scim, scim.request("GET", "/Users?filter=" + query)))
              .status(200)
              .equal("/totalResults", 0);
        })
        .must("filter-by-id-across")
        .clause("A service provider MUST keep the resources of tenants apart (§6)")
        .sends("GET /Users?filter=id eq … with the token of another tenant")
        .requires("no results")
        .run(scim -> {
          String id = scim.createUser("a").id();
          String query = Scim.encoded("id eq \"" + id + "\"");
          scim.send(other(scim, scim.request("GET", "/Users?filter=" + query)))
              .status(200)
              .equal("/totalResults", 0);
        })
        .must("names-are-unique-within-a-tenant-only")
        .clause(
            "userName MUST be unique across the service provider's entire set of Users, of one"
                + " tenant (§6)")
        .sends("POST /Users with one userName in both tenants")
        .requires("201 twice")
        .run(scim -> {
          scim.createUser("a");
          scim.send(other(scim, scim.request("POST", "/Users", scim.user("a").toString())))
              .status(201);
        })
        .must("members-across")
        .clause("A service provider MUST keep the resources of tenants apart (§6)")
        .sends("POST /Groups with a member of another tenant")
        .requires("4xx, as for an unknown member")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.send(other(scim, scim.request("POST", "/Groups", scim.group("g", id).toString())))
              .refused();
        });
  }

  private static Request other(Scim scim, Request request) {
    return request.withToken(scim.server().secondToken());
  }
}
