package com.phonemos.scim.conformance.rfc7643;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/** RFC 7643 §3: what all resources have. */
final class S3_Resources {
  private S3_Resources() {}

  static Section section() {
    return Section.rfc("rfc7643/3.1", "Common Attributes")
        .must("id-is-assigned")
        .clause("Each representation of the resource MUST include a non-empty id value")
        .sends("POST /Users")
        .requires("a non-empty string id")
        .run(scim -> {
          Answer user = scim.createUser("a");
          user.check(
              user.at("/id").isTextual() && !user.text("/id").isEmpty(),
              "/id a non-empty string",
              "/id = " + user.at("/id"));
        })
        .must("id-of-the-client-is-ignored")
        .clause("id ... is issued by the service provider, readOnly")
        .sends("POST /Users with an id")
        .requires("201 with another id")
        .run(scim -> {
          Answer created = scim.post("/Users", scim.user("a").put("id", scim.tag())).status(201);
          created.check(
              !created.id().equals(scim.tag()), "an id of the server", "the client's id is taken");
        })
        .must("id-is-not-bulkid")
        .clause("The string bulkId is a reserved keyword and MUST NOT be used within any id value")
        .sends("POST /Users")
        .requires("an id without bulkId")
        .run(scim -> {
          Answer user = scim.createUser("a");
          user.check(!user.id().contains("bulkId"), "an id without bulkId", user.id());
        })
        .must("id-is-stable")
        .clause("It MUST be a stable, non-reassignable identifier")
        .sends("GET twice with a PUT between")
        .requires("the same id")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.put("/Users/" + id, scim.user("a").put("title", "x")).status(200).equal("/id", id);
          scim.get("/Users/" + id).status(200).equal("/id", id);
        })
        .must("external-id-round-trip")
        .clause(
            "externalId: a String that is an identifier for the resource as defined by the"
                + " provisioning client")
        .sends("POST /Users with externalId, then GET")
        .requires("the same externalId")
        .run(scim -> {
          String id =
              scim.post("/Users", scim.user("a").put("externalId", "E/" + scim.tag()))
                  .status(201)
                  .id();
          scim.get("/Users/" + id).equal("/externalId", "E/" + scim.tag());
        })
        .must("meta-of-the-client-is-ignored")
        .clause("meta ... all sub-attributes are assigned by the service provider (readOnly)")
        .sends("POST /Users with a meta of its own")
        .requires("201 with the server's meta")
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.putObject("meta")
              .put("resourceType", "Robot")
              .put("created", "1999-01-01T00:00:00Z")
              .put("location", "https://evil.example/");
          Answer created = scim.post("/Users", user).status(201);
          created.equal("/meta/resourceType", "User");
          created.check(
              !created.text("/meta/created").startsWith("1999"),
              "/meta/created of the server",
              created.text("/meta/created"));
          created.check(
              !created.text("/meta/location").contains("evil.example"),
              "/meta/location of the server",
              created.text("/meta/location"));
        })
        .must("meta-resource-type")
        .clause("meta.resourceType: the name of the resource type of the resource")
        .sends("POST /Users and POST /Groups")
        .requires("User and Group")
        .needs(Feature.GROUPS)
        .run(scim -> {
          scim.createUser("a").equal("/meta/resourceType", "User");
          scim.createGroup("g").equal("/meta/resourceType", "Group");
        })
        .must("meta-location-resolves")
        .clause(
            "meta.location: the URI of the resource being returned. This value MUST be the same as"
                + " the Content-Location header")
        .sends("GET of meta.location")
        .requires("200 with the same id")
        .run(scim -> {
          Answer user = scim.createUser("a");
          String base = scim.server().client().base().toString();
          String location = user.present("/meta/location").text("/meta/location");
          user.check(
              location.endsWith("/Users/" + user.id()),
              "/meta/location ending in /Users/{id}",
              location);
          if (location.startsWith(base)) {
            scim.get(location.substring(base.length())).status(200).equal("/id", user.id());
          }
        })
        .must("last-modified-moves")
        .clause(
            "meta.lastModified: the most recent DateTime that the details of this resource were"
                + " updated at the service provider")
        .sends("PUT of a changed user")
        .requires("lastModified not earlier than before, created unchanged")
        .run(scim -> {
          Answer before = scim.createUser("a");
          Answer after =
              scim.put("/Users/" + before.id(), scim.user("a").put("title", "new")).status(200);
          after.equal("/meta/created", before.text("/meta/created"));
          after.check(
              !moment(after, "/meta/lastModified").isBefore(moment(before, "/meta/lastModified")),
              "/meta/lastModified not earlier than " + before.text("/meta/lastModified"),
              after.text("/meta/lastModified"));
        })
        .must("schemas-are-named")
        .clause(
            "The schemas attribute is a REQUIRED attribute and MUST be present in all"
                + " representations (§3)")
        .sends("POST and GET of a user")
        .requires("schemas with the User URN in both")
        .run(scim -> {
          Answer user = scim.createUser("a").contains("/schemas", Scim.USER);
          scim.get("/Users/" + user.id()).contains("/schemas", Scim.USER);
        })
        .must("extension-values-have-their-schema")
        .clause(
            "schemas MUST contain the URIs of all schemas that the resource has attributes of (§3,"
                + " §3.3)")
        .sends("POST /Users with a department of the enterprise extension")
        .requires("schemas with the enterprise URN, and the department under it")
        .needs(Feature.ENTERPRISE)
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.withArray("schemas").add(Scim.ENTERPRISE);
          user.putObject(Scim.ENTERPRISE).put("department", "Research");
          scim.post("/Users", user)
              .status(201)
              .contains("/schemas", Scim.ENTERPRISE)
              .equal("/" + Scim.ENTERPRISE + "/department", "Research");
        })
        .should("extension-urn-is-not-declared-in-vain")
        .clause("Each String value must be a unique URI of a schema that the resource uses (§3)")
        .sends("POST /Users without extension values")
        .requires("schemas without duplicates")
        .run(scim -> {
          Answer user = scim.createUser("a");
          List<String> schemas = user.each("/schemas").stream().map(JsonNode::asText).toList();
          user.check(
              schemas.size() == Set.copyOf(schemas).size(),
              "schemas without duplicates",
              schemas.toString());
        });
  }

  private static Instant moment(Answer answer, String pointer) {
    return OffsetDateTime.parse(answer.text(pointer)).toInstant();
  }
}
