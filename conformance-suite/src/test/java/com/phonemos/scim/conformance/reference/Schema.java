package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The attributes of a resource type, by their names in lower case. */
record Schema(String urn, Map<String, Attribute> attributes) {
  static final String ENTERPRISE_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private static final String VALUES = "value display type primary:boolean";

  static final Schema ENTERPRISE =
      of(
          ENTERPRISE_URN,
          "employeeNumber",
          "costCenter",
          "organization",
          "division",
          "department",
          "manager{value $ref displayName}");

  static final Schema USER =
      of(
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "userName!",
          "externalId^",
          "displayName",
          "nickName",
          "profileUrl",
          "title",
          "userType",
          "preferredLanguage",
          "locale",
          "timezone",
          "active:boolean",
          "password",
          "name{formatted familyName givenName middleName honorificPrefix honorificSuffix}",
          "emails[" + VALUES + "]",
          "phoneNumbers[" + VALUES + "]",
          "ims[" + VALUES + "]",
          "photos[" + VALUES + "]",
          "entitlements[" + VALUES + "]",
          "roles[" + VALUES + "]",
          "addresses[formatted streetAddress locality region postalCode country type"
              + " primary:boolean]",
          "groups-[value $ref display type]");

  static final Schema GROUP =
      of(
          "urn:ietf:params:scim:schemas:core:2.0:Group",
          "displayName!",
          "externalId^",
          "members[value $ref display type]");

  /** One attribute; sub-attributes make it complex. */
  record Attribute(
      String name,
      boolean bool,
      boolean multi,
      boolean required,
      boolean readOnly,
      boolean exact,
      Map<String, Attribute> subs) {
    Optional<Attribute> sub(String sub) {
      return Optional.ofNullable(subs.get(sub.toLowerCase(Locale.ROOT)));
    }
  }

  private static Schema of(String urn, String... specs) {
    Map<String, Attribute> all = new LinkedHashMap<>();
    for (String spec : specs) {
      Attribute attribute = attribute(spec);
      all.put(attribute.name.toLowerCase(Locale.ROOT), attribute);
    }
    return new Schema(urn, all);
  }

  /** {@code name}, with ! required, - read only, ^ case exact, :boolean, {…} complex, […] multi. */
  private static Attribute attribute(String spec) {
    int open = Math.max(spec.indexOf('{'), spec.indexOf('['));
    String head = open < 0 ? spec : spec.substring(0, open);
    Map<String, Attribute> subs = new LinkedHashMap<>();
    if (open >= 0) {
      for (String sub : spec.substring(open + 1, spec.length() - 1).split(" ")) {
        Attribute attribute = attribute(sub);
        subs.put(attribute.name.toLowerCase(Locale.ROOT), attribute);
      }
    }
    return new Attribute(
        head.replaceAll("[!^-]|:boolean", ""),
        head.endsWith(":boolean"),
        spec.contains("["),
        head.contains("!"),
        head.contains("-"),
        head.contains("^"),
        subs);
  }

  Optional<Attribute> find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String prefix = urn.toLowerCase(Locale.ROOT) + ":";
    return Optional.ofNullable(
        attributes.get(key.startsWith(prefix) ? key.substring(prefix.length()) : key));
  }

  /** A value as the schema wants it; empty if there is nothing in it. */
  Optional<JsonNode> read(Attribute attribute, JsonNode value, boolean single) {
    if (value.isNull() || (value.isTextual() && value.asText().isEmpty())) {
      return Optional.empty();
    }
    if (attribute.multi && !single) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      Iterable<JsonNode> elements = value.isObject() ? List.of(value) : value;
      if (!value.isContainerNode()) {
        throw new ScimFailure(400, "invalidValue", "Expected an array: " + attribute.name);
      }
      for (JsonNode element : elements) {
        read(attribute, element, true).ifPresent(list::add);
      }
      return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }
    if (!attribute.subs.isEmpty()) {
      if (value.isTextual() && attribute.name.equals("manager")) {
        return Optional.of(JsonNodeFactory.instance.objectNode().set("value", value));
      }
      if (!value.isObject()) {
        throw new ScimFailure(400, "invalidValue", "Expected an object: " + attribute.name);
      }
      ObjectNode complex = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(member ->
              attribute
                  .sub(member.getKey())
                  .ifPresent(sub ->
                      read(sub, member.getValue(), true)
                          .ifPresent(read -> complex.set(sub.name, read))));
      return complex.isEmpty() ? Optional.empty() : Optional.of(complex);
    }
    if (attribute.bool) {
      if (value.isTextual() && value.asText().matches("(?i)true|false")) {
        return Optional.of(
            JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(value.asText())));
      }
      if (!value.isBoolean()) {
        throw new ScimFailure(400, "invalidValue", "Expected a boolean: " + attribute.name);
      }
    } else if (!value.isTextual()) {
      throw new ScimFailure(400, "invalidValue", "Expected a string: " + attribute.name);
    }
    return Optional.of(value);
  }

  /** RFC 7643 §7. */
  ObjectNode document(Fault fault) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Schema");
    document.put("id", urn).put("name", urn.substring(urn.lastIndexOf(':') + 1));
    describe(document.putArray("attributes"), attributes, fault);
    return document;
  }

  private static void describe(ArrayNode list, Map<String, Attribute> all, Fault fault) {
    for (Attribute attribute : all.values()) {
      boolean password = attribute.name.equals("password");
      ObjectNode node = list.addObject().put("name", attribute.name);
      node.put(
          "type", attribute.bool ? "boolean" : attribute.subs.isEmpty() ? "string" : "complex");
      node.put("multiValued", attribute.multi).put("required", attribute.required);
      node.put("caseExact", attribute.exact);
      node.put(
          "mutability", password ? "writeOnly" : attribute.readOnly ? "readOnly" : "readWrite");
      if (fault != Fault.SCHEMAS_WITHOUT_CHARACTERISTICS) {
        node.put("returned", password ? "never" : "default");
      }
      node.put("uniqueness", attribute.name.equals("userName") ? "server" : "none");
      if (!attribute.subs.isEmpty()) {
        describe(node.putArray("subAttributes"), attribute.subs, fault);
      }
    }
  }
}
