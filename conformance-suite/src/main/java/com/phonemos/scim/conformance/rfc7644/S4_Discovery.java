package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.List;

/** RFC 7644 §4: the discovery endpoints. */
final class S4_Discovery {
  private S4_Discovery() {}

  static Section section() {
    Section section =
        Section.rfc("rfc7644/4", "Service Provider Configuration Endpoints")
            .must("config")
            .clause(
                "/ServiceProviderConfig: an HTTP GET to this endpoint will return a JSON structure")
            .sends("GET /ServiceProviderConfig")
            .requires("200")
            .run(scim -> scim.get("/ServiceProviderConfig").status(200))
            .must("schemas-are-a-list")
            .clause(
                "/Schemas: an HTTP GET to this endpoint is used to retrieve all supported schemas"
                    + " as a ListResponse")
            .sends("GET /Schemas")
            .requires("a ListResponse whose totalResults is the number of Resources")
            .run(scim -> counted(scim.get("/Schemas")))
            .must("resource-types-are-a-list")
            .clause(
                "/ResourceTypes: an HTTP GET to this endpoint is used to discover the types of"
                    + " resources")
            .sends("GET /ResourceTypes")
            .requires("a ListResponse whose totalResults is the number of Resources")
            .run(scim -> counted(scim.get("/ResourceTypes")))
            .must("one-schema")
            .clause(
                "An individual schema MAY be returned by appending the schema URI to the /Schemas"
                    + " endpoint")
            .sends("GET /Schemas/{User}")
            .requires("200 with that id")
            .run(scim -> scim.get("/Schemas/" + Scim.USER).status(200).equal("/id", Scim.USER))
            .must("one-resource-type")
            .clause("An individual resource type at /ResourceTypes/{name}")
            .sends("GET /ResourceTypes/User")
            .requires("200 with that name")
            .run(scim -> scim.get("/ResourceTypes/User").status(200).equal("/name", "User"))
            .must("unknown-schema")
            .clause("404 (§3.12)")
            .sends("GET /Schemas/urn:example:nothing and /ResourceTypes/Robot")
            .requires("404 each")
            .run(scim -> {
              scim.get("/Schemas/urn:example:nothing").status(404);
              scim.get("/ResourceTypes/Robot").status(404);
            })
            .should("locations-resolve")
            .clause("meta.location: the URI of the resource being returned (RFC 7643 §3.1)")
            .sends("GET of each schema's meta.location")
            .requires("200")
            .run(scim -> {
              for (JsonNode schema : scim.get("/Schemas").status(200).each("/Resources")) {
                String location = schema.at("/meta/location").asText();
                int at = location.lastIndexOf("/Schemas/");
                if (at < 0) {
                  throw new Unmet("meta.location at /Schemas/", location);
                }
                scim.get(location.substring(at)).status(200);
              }
            });
    for (String endpoint : List.of("/Schemas", "/ResourceTypes", "/ServiceProviderConfig")) {
      section
          .should("filter-on" + endpoint.replace('/', '-') + "-is-refused")
          .clause(
              "If a filter is provided, the service provider SHOULD respond with HTTP status code"
                  + " 403")
          .sends("GET " + endpoint + "?filter=…")
          .requires("403")
          .run(scim -> scim.filter(endpoint, "name eq \"User\"").status(403));
    }
    return section;
  }

  private static void counted(Answer list) {
    list.status(200).contains("/schemas", Scim.LIST);
    list.equal("/totalResults", list.at("/Resources").size());
    list.check(!list.at("/Resources").isEmpty(), "Resources", "none");
  }
}
