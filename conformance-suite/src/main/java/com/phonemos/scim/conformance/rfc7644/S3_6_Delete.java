package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;

/** RFC 7644 §3.6: deleting. */
final class S3_6_Delete {
  private S3_6_Delete() {}

  static Section section() {
    return Section.rfc("rfc7644/3.6", "Deleting Resources")
        .must("answers-204")
        .clause(
            "In response to a successful DELETE, the server SHALL return a successful HTTP status"
                + " code 204")
        .sends("DELETE /Users/{id}")
        .requires("204 without a body")
        .run(scim -> {
          Answer deleted = scim.delete("/Users/" + scim.createUser("a").id()).status(204);
          deleted.check(deleted.body().isEmpty(), "no body", deleted.body());
        })
        .must("gone")
        .clause(
            "The service provider MUST return a 404 for all operations associated with the"
                + " previously deleted resource")
        .sends("GET, PUT and DELETE after DELETE")
        .requires("404 each")
        .run(scim -> {
          String target = "/Users/" + scim.createUser("a").id();
          scim.delete(target).status(204);
          scim.get(target).status(404);
          scim.put(target, scim.user("a")).status(404);
          scim.delete(target).status(404);
        })
        .must("gone-from-lists")
        .clause("The service provider MUST omit the resource from future query results")
        .sends("GET /Users?filter=… after DELETE")
        .requires("no match")
        .needs(Feature.FILTER)
        .run(scim -> {
          scim.delete("/Users/" + scim.createUser("a").id()).status(204);
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"").equal("/totalResults", 0);
        })
        .must("the-name-is-free-again")
        .clause(
            "The service provider SHOULD NOT consider the deleted resource in conflict calculation")
        .sends("POST /Users with the name of a deleted user")
        .requires("201 with another id")
        .run(scim -> {
          String old = scim.createUser("a").id();
          scim.delete("/Users/" + old).status(204);
          Answer created = scim.post("/Users", scim.user("a")).status(201);
          created.check(!created.id().equals(old), "another id", "the old one");
        })
        .must("unknown")
        .clause("404: specified resource does not exist (§3.12)")
        .sends("DELETE /Users/{unknown} and /Groups/{unknown}")
        .requires("404 each")
        .run(scim -> {
          scim.delete("/Users/00000000-0000-4000-8000-000000000000").status(404);
          scim.delete("/Groups/00000000-0000-4000-8000-000000000000").status(404);
        })
        .must("groups-leave-their-members")
        .clause("DELETE concerns the resource it names (Okta OIN plan C9318: users are kept)")
        .sends("DELETE /Groups/{id} with a member")
        .requires("204, the user still there")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          scim.delete("/Groups/" + scim.createGroup("g", a).id()).status(204);
          scim.get("/Users/" + a).status(200);
        });
  }
}
