package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** RFC 7644 §3.3: creating resources. */
final class S3_3_Create {
  private S3_3_Create() {}

  static Section section() {
    return Section.rfc("rfc7644/3.3", "Creating Resources")
        .must("answers-201")
        .clause(
            "When the service provider successfully creates the new resource, an HTTP response"
                + " SHALL be returned with HTTP status code 201")
        .sends("POST /Users with a full user")
        .requires("201")
        .run(scim -> scim.post("/Users", scim.user("a")).status(201))
        .must("answers-the-representation")
        .clause(
            "The response body SHOULD contain the service provider's representation of the newly"
                + " created resource")
        .sends("POST /Users with a full user")
        .requires("what was sent, with id and meta")
        .run(scim -> {
          Answer created = scim.post("/Users", scim.user("a")).status(201);
          created
              .present("/id")
              .present("/meta/resourceType")
              .equal("/userName", scim.name("a"))
              .equal("/name/familyName", scim.tag())
              .equal("/emails/0/value", scim.name("a"));
        })
        .must("location-header")
        .clause(
            "The URI of the created resource SHALL include, in the HTTP Location header and the"
                + " HTTP body ... meta.location")
        .sends("POST /Users")
        .requires("Location equal to meta.location")
        .run(scim -> {
          Answer created = scim.createUser("a");
          created.equal("/meta/location", created.requireHeader("Location"));
        })
        .must("location-is-absolute-and-found")
        .clause("Location: the URI of the created resource")
        .sends("GET of the Location")
        .requires("200 with the same resource")
        .run(scim -> {
          Answer created = scim.createUser("a");
          String location = created.requireHeader("Location");
          created.check(location.startsWith("http"), "an absolute Location", location);
          scim.get("/Users/" + location.substring(location.lastIndexOf('/') + 1))
              .status(200)
              .equal("/id", created.id());
        })
        .must("duplicate")
        .clause(
            "If the service provider determines that the creation ... conflicts with existing"
                + " resources, it MUST return 409 with scimType uniqueness")
        .sends("POST /Users twice")
        .requires("409 uniqueness, and one user of that name")
        .run(scim -> {
          scim.createUser("a");
          scim.preferScimType(
              scim.post("/Users", scim.user("a").put("externalId", "other")).status(409),
              "uniqueness");
        })
        .must("read-only-attributes-are-ignored")
        .clause("readOnly attributes SHALL be ignored (RFC 7643 §7: mutability)")
        .sends("POST /Users with id, meta and groups")
        .requires("201 without them")
        .run(scim -> {
          ObjectNode user = scim.user("a").put("id", "mine");
          user.putArray("groups").addObject().put("value", "admins");
          Answer created = scim.post("/Users", user).status(201);
          created.lacks("/groups", "admins");
          created.check(!created.id().equals("mine"), "the server's id", "the client's");
        })
        .must("read-after-create")
        .clause("201: the resource has been created")
        .sends("POST /Users, then GET by id and by filter")
        .requires("both find it at once")
        .needs(Feature.FILTER)
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id).status(200);
          scim.filter("/Users", "userName eq \"" + scim.name("a") + "\"")
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("parallel-duplicates")
        .clause(
            "userName MUST be unique (peers: BerriAI/litellm#34162, sim#7567: a race must end in"
                + " 409, never in 500)")
        .sends("POST /Users 12 times at once with one userName")
        .requires("201 once and 409 eleven times")
        .run(scim -> {
          Request create = scim.request("POST", "/Users", scim.user("a").toString());
          List<Integer> statuses =
              scim.together(java.util.Collections.nCopies(12, create)).stream()
                  .map(Answer::status)
                  .sorted()
                  .toList();
          List<Integer> wanted = new ArrayList<>(List.of(201));
          wanted.addAll(java.util.Collections.nCopies(11, 409));
          if (!statuses.equals(wanted)) {
            throw new Unmet("one 201 and eleven 409", statuses.toString());
          }
        })
        .must("parallel-creates")
        .clause("POST creates the resource it was sent, whatever runs beside it")
        .sends("POST /Users 16 times at once, each with its own name")
        .requires("201 sixteen times, sixteen ids, each with its own name")
        .run(scim -> {
          List<Request> creates =
              IntStream.range(0, 16)
                  .mapToObj(i -> scim.request("POST", "/Users", scim.user("u" + i).toString()))
                  .toList();
          List<Answer> answers = scim.together(creates);
          Set<String> ids = new HashSet<>();
          for (int i = 0; i < 16; i++) {
            answers.get(i).status(201).equal("/userName", scim.name("u" + i));
            ids.add(answers.get(i).id());
          }
          answers.getFirst().check(ids.size() == 16, "16 different ids", ids.size() + " different");
        })
        .must("a-failed-create-leaves-nothing")
        .clause(
            "A refused request has no effect (peers: vouch#900, a half group makes the retry fail)")
        .sends("POST /Groups with an unknown member, then without")
        .requires("4xx, then 201")
        .needs(Feature.GROUPS)
        .run(scim -> {
          scim.post("/Groups", scim.group("g", "00000000-0000-4000-8000-000000000000")).refused();
          scim.post("/Groups", scim.group("g")).status(201);
        })
        .should("attributes-of-the-answer-can-be-chosen")
        .clause("attributes ... MAY be used with POST (§3.9)")
        .sends("POST /Users?attributes=userName")
        .requires("201 with userName and without emails")
        .run(scim ->
            scim.post("/Users?attributes=userName", scim.user("a"))
                .status(201)
                .present("/userName")
                .absent("/emails"));
  }
}
