package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Roles and entitlements of an application, discovered when provisioning is switched on [D K6].
 * Whoever holds a role of the same display name in the directory is given it [I].
 */
final class OktaEntitlements {
  private static final String ROLE = "urn:okta:scim:schemas:core:1.0:Role";
  private static final String ENTITLEMENT = "urn:okta:scim:schemas:core:1.0:Entitlement";

  /** Schemas that Okta does not ask for [D K6]. */
  private static final Set<String> KNOWN = Set.of(Urn.USER, Urn.ENTERPRISE, Urn.GROUP);

  /**
   * Something that can be given to a user.
   *
   * @param attribute of the user: {@code roles} or {@code entitlements}
   * @param type of an entitlement; empty for a role
   */
  private record Grant(String attribute, String id, String displayName, String type) {}

  private final OktaWire wire;
  private final List<Grant> discovered = new CopyOnWriteArrayList<>();

  OktaEntitlements(OktaWire wire) {
    this.wire = wire;
  }

  /**
   * Asks for resource types, then for schemas if there is an extension that Okta does not know,
   * then for everything of each type that is a role or an entitlement [D K6, K9].
   */
  void discover(CycleLog log) {
    discovered.clear();
    try {
      JsonNode types = wire.resource(OktaRequests.resourceTypes()).path("Resources");
      if (extended(types)) {
        wire.resource(OktaRequests.schemas());
      }
      for (JsonNode type : types) {
        String schema = type.path("schema").asText();
        if (schema.equals(ROLE) || schema.equals(ENTITLEMENT)) {
          grants(type, schema.equals(ROLE) ? "roles" : "entitlements");
        }
      }
    } catch (RequestFailed failure) {
      log.problem("entitlements", failure.reason());
    }
  }

  private static boolean extended(JsonNode types) {
    for (JsonNode type : types) {
      for (JsonNode extension : type.path("schemaExtensions")) {
        if (!KNOWN.contains(extension.path("schema").asText())) {
          return true;
        }
      }
    }
    return false;
  }

  private void grants(JsonNode type, String attribute) throws RequestFailed {
    String endpoint = type.path("endpoint").asText();
    wire.resource(OktaRequests.probeEntitlements(endpoint));
    long total;
    long startIndex = 1;
    do {
      ObjectNode page = wire.resource(OktaRequests.entitlements(endpoint, startIndex));
      total = page.path("totalResults").asLong();
      for (JsonNode found : page.path("Resources")) {
        discovered.add(
            new Grant(
                attribute,
                found.path("id").asText(),
                found.path("displayName").asText(),
                attribute.equals("roles")
                    ? ""
                    : found.path("type").asText(type.path("name").asText())));
      }
      startIndex += OktaRequests.IMPORT_PAGE;
    } while (startIndex <= total);
  }

  /** Writes what a person is given into a user; nothing where nothing was discovered. */
  void write(ObjectNode user, Person person) {
    discovered.forEach(grant -> user.putArray(grant.attribute()));
    for (Grant grant : given(person)) {
      ObjectNode value = Json.object().put("value", grant.id()).put("display", grant.displayName());
      if (!grant.type().isEmpty()) {
        value.put("type", grant.type());
      }
      user.withArray(grant.attribute()).add(value);
    }
  }

  /** What a read of the user must show. */
  Map<AttributePath, String> values(Person person) {
    Map<AttributePath, String> values = new LinkedHashMap<>();
    for (Grant grant : given(person)) {
      values.put(
          new AttributePath(grant.attribute() + "[value eq \"" + grant.id() + "\"].value"),
          grant.id());
    }
    return values;
  }

  private List<Grant> given(Person person) {
    return discovered.stream()
        .filter(grant ->
            person.roles().stream()
                .anyMatch(role -> role.displayName().equals(grant.displayName())))
        .toList();
  }
}
