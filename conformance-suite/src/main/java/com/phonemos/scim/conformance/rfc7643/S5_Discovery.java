package com.phonemos.scim.conformance.rfc7643;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** RFC 7643 §5 to §7: ServiceProviderConfig, ResourceTypes, Schemas. */
final class S5_Discovery {
  private static final List<String> CONFIG =
      List.of(
          "patch/supported",
          "bulk/supported",
          "bulk/maxOperations",
          "bulk/maxPayloadSize",
          "filter/supported",
          "filter/maxResults",
          "changePassword/supported",
          "sort/supported",
          "etag/supported",
          "authenticationSchemes");

  /** What each attribute of a schema has to say of itself (§7). */
  private static final List<String> CHARACTERISTICS = List.of("name", "type", "multiValued");

  private static final List<String> WITH_DEFAULTS = List.of("required", "mutability", "returned");

  private S5_Discovery() {}

  static Section config() {
    Section section =
        Section.rfc("rfc7643/5", "Service Provider Configuration Schema")
            .must("schema-is-named")
            .clause("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig")
            .sends("GET /ServiceProviderConfig")
            .requires("schemas with that URN")
            .run(scim ->
                scim.get("/ServiceProviderConfig")
                    .status(200)
                    .contains(
                        "/schemas", "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"))
            .must("authentication-schemes-are-described")
            .clause("authenticationSchemes: type, name and description are REQUIRED")
            .sends("GET /ServiceProviderConfig")
            .requires("the three in every scheme")
            .run(scim -> {
              Answer config = scim.get("/ServiceProviderConfig").status(200);
              for (int i = 0; i < config.at("/authenticationSchemes").size(); i++) {
                String scheme = "/authenticationSchemes/" + i;
                config.present(scheme + "/type");
                config.present(scheme + "/name");
                config.present(scheme + "/description");
              }
            });
    CONFIG.forEach(member ->
        section
            .must("has-" + member.replace('/', '-'))
            .clause(member.replace('/', '.') + ": REQUIRED")
            .sends("GET /ServiceProviderConfig")
            .requires(member.replace('/', '.') + " present")
            .run(scim -> scim.get("/ServiceProviderConfig").status(200).present("/" + member)));
    return section;
  }

  static Section resourceTypes() {
    return Section.rfc("rfc7643/6", "ResourceType Schema")
        .must("every-type-is-complete")
        .clause("name, endpoint and schema are REQUIRED")
        .sends("GET /ResourceTypes")
        .requires("the three in each")
        .run(scim -> {
          Answer types = scim.get("/ResourceTypes").status(200);
          for (int i = 0; i < types.at("/Resources").size(); i++) {
            types.present("/Resources/" + i + "/name");
            types.present("/Resources/" + i + "/endpoint");
            types.present("/Resources/" + i + "/schema");
          }
        })
        .must("users-are-a-type")
        .clause("The User resource type has the endpoint /Users and the core User schema")
        .sends("GET /ResourceTypes")
        .requires("User with endpoint /Users and its schema")
        .run(scim -> {
          Answer types = scim.get("/ResourceTypes").status(200);
          types.check(
              types.each("/Resources").stream()
                  .anyMatch(type ->
                      type.path("endpoint").asText().endsWith("/Users")
                          && type.path("schema").asText().equals(Scim.USER)),
              "a resource type at /Users with schema " + Scim.USER,
              types.each("/Resources", "endpoint").toString());
        })
        .must("extensions-say-whether-they-are-required")
        .clause("schemaExtensions: schema and required are REQUIRED")
        .sends("GET /ResourceTypes")
        .requires("both in each extension")
        .run(scim -> {
          for (JsonNode type : scim.get("/ResourceTypes").status(200).each("/Resources")) {
            for (JsonNode extension : type.path("schemaExtensions")) {
              if (!extension.path("schema").isTextual()
                  || !extension.path("required").isBoolean()) {
                throw new Unmet("schema and required in each extension", extension.toString());
              }
            }
          }
        })
        .must("every-named-schema-is-served")
        .clause(
            "schema: the resource type's primary/base schema URI ... MUST be equal to the id"
                + " attribute of the associated Schema resource")
        .sends("GET /ResourceTypes and GET /Schemas")
        .requires("every schema and extension among the schemas")
        .run(scim -> {
          Set<String> ids =
              new HashSet<>(scim.get("/Schemas").status(200).each("/Resources", "id"));
          for (JsonNode type : scim.get("/ResourceTypes").status(200).each("/Resources")) {
            List<String> named = new ArrayList<>(List.of(type.path("schema").asText()));
            type.path("schemaExtensions").forEach(e -> named.add(e.path("schema").asText()));
            if (!ids.containsAll(named)) {
              throw new Unmet("all of " + named + " in /Schemas", "it lists " + ids);
            }
          }
        });
  }

  static Section schemas() {
    Section section =
        Section.rfc("rfc7643/7", "Schema Definition")
            .must("core-schemas-are-served")
            .clause("urn:ietf:params:scim:schemas:core:2.0:User and :Group (§8.7.1)")
            .sends("GET /Schemas")
            .requires("both URNs")
            .needs(Feature.GROUPS)
            .run(scim -> {
              Answer schemas = scim.get("/Schemas").status(200);
              List<String> ids = schemas.each("/Resources", "id");
              schemas.check(
                  ids.containsAll(List.of(Scim.USER, Scim.GROUP)),
                  "the User and Group schemas",
                  ids.toString());
            })
            .must("user-name-characteristics")
            .clause("userName: required true, caseExact false, uniqueness server (§8.7.1)")
            .sends("GET /Schemas/{User}")
            .requires("those characteristics")
            .run(scim -> {
              JsonNode userName = attribute(scim, "userName");
              if (!userName.path("required").asBoolean()
                  || userName.path("caseExact").asBoolean()
                  || !List.of("server", "global").contains(userName.path("uniqueness").asText())) {
                throw new Unmet("userName required, caseExact false, unique", userName.toString());
              }
            })
            .must("password-characteristics")
            .clause("password: mutability writeOnly, returned never (§8.7.1)")
            .sends("GET /Schemas/{User}")
            .requires("those characteristics, or no password at all")
            .run(scim -> {
              JsonNode password = attribute(scim, "password");
              if (!password.isMissingNode()
                  && !(password.path("returned").asText().equals("never")
                      && password.path("mutability").asText().equals("writeOnly"))) {
                throw new Unmet("password writeOnly and returned never", password.toString());
              }
            });
    CHARACTERISTICS.forEach(name ->
        characteristic(
            section.must("every-attribute-has-" + name), "a characteristic of every one", name));
    WITH_DEFAULTS.forEach(name ->
        characteristic(
            section.should("every-attribute-has-" + name), "what is absent is the default", name));
    return section;
  }

  private static void characteristic(Section.Draft draft, String words, String name) {
    draft
        .clause(name + ": " + words + " (§2.2, §7)")
        .sends("GET /Schemas")
        .requires(name + " in every attribute and sub-attribute")
        .run(scim -> {
          for (JsonNode schema : scim.get("/Schemas").status(200).each("/Resources")) {
            characteristic(schema.path("id").asText(), schema.path("attributes"), name);
          }
        });
  }

  private static void characteristic(String where, JsonNode attributes, String name) {
    for (JsonNode attribute : attributes) {
      String place = where + ":" + attribute.path("name").asText();
      if (attribute.path(name).isMissingNode()) {
        throw new Unmet(name + " of " + place, "it is absent");
      }
      characteristic(place, attribute.path("subAttributes"), name);
    }
  }

  private static JsonNode attribute(Scim scim, String name) {
    for (JsonNode attribute : scim.get("/Schemas/" + Scim.USER).status(200).each("/attributes")) {
      if (attribute.path("name").asText().equals(name)) {
        return attribute;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
