package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.reference.Schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PATCH of RFC 7644 §3.5.2, with the shapes that Entra ID and Okta send. */
final class Patch {
  private static final Pattern PATH =
      Pattern.compile("(?:(urn:[^\\[]+):)?([A-Za-z$]\\w*)(?:\\[(.*)\\])?(?:\\.([A-Za-z$]\\w*))?");
  private static final Pattern TYPE = Pattern.compile("(?i)(\\w+) eq \"([^\"]*)\"");

  private final ObjectNode resource;
  private final Schema schema;
  private final Fault fault;

  Patch(ObjectNode resource, Schema schema, Fault fault) {
    this.resource = resource;
    this.schema = schema;
    this.fault = fault;
  }

  void apply(JsonNode body) {
    JsonNode operations = body.path("Operations");
    if (!operations.isArray() || operations.isEmpty()) {
      throw new ScimFailure(400, "invalidSyntax", "Expected Operations");
    }
    operations.forEach(this::operation);
  }

  private void operation(JsonNode operation) {
    String op = operation.path("op").asText();
    String verb = fault == Fault.PATCH_OPS_ARE_CASE_SENSITIVE ? op : op.toLowerCase(Locale.ROOT);
    if (!operation.path("op").isTextual() || !List.of("add", "replace", "remove").contains(verb)) {
      if (fault == Fault.PATCH_UNKNOWN_OP_IS_IGNORED) {
        return;
      }
      throw new ScimFailure(400, "invalidSyntax", "Expected op to be add, replace or remove");
    }
    boolean remove = verb.equals("remove");
    if (!remove && !operation.has("value")) {
      throw new ScimFailure(400, "invalidValue", "Expected a value");
    }
    if (operation.path("path").isTextual()) {
      target(verb, operation.get("path").asText(), operation.path("value"));
    } else if (remove) {
      if (fault != Fault.PATCH_REMOVE_WITHOUT_PATH_IS_ACCEPTED) {
        throw new ScimFailure(400, "noTarget", "Expected a path");
      }
    } else if (operation.get("value").isObject()) {
      operation
          .get("value")
          .properties()
          .forEach(member -> {
            boolean own =
                member.getKey().equals("id") && member.getValue().equals(resource.get("id"));
            if (!own && !member.getKey().equals("schemas")) {
              target(verb, member.getKey(), member.getValue());
            }
          });
    } else {
      throw new ScimFailure(400, "invalidValue", "Expected an object without a path");
    }
  }

  private void target(String verb, String path, JsonNode value) {
    if (path.equalsIgnoreCase(Schema.ENTERPRISE_URN)) {
      value
          .properties()
          .forEach(member -> target(verb, path + ":" + member.getKey(), member.getValue()));
      return;
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw new ScimFailure(400, "invalidPath", "Expected a path");
    }
    boolean enterprise = Schema.ENTERPRISE_URN.equalsIgnoreCase(parts.group(1));
    Schema owner = enterprise ? Schema.ENTERPRISE : schema;
    String name = parts.group(2);
    if (List.of("id", "meta", "schemas").contains(name) || name.equals("groups")) {
      if (fault == Fault.PATCH_WRITES_READ_ONLY) {
        resource.set(name, value);
        return;
      }
      throw new ScimFailure(400, "mutability", "Expected a writable attribute");
    }
    Attribute attribute =
        owner
            .find(name)
            .orElseThrow(() -> new ScimFailure(400, "invalidPath", "Expected a known attribute"));
    ObjectNode holder = enterprise ? resource.withObject("/" + Schema.ENTERPRISE_URN) : resource;
    Optional<Attribute> sub =
        Optional.ofNullable(parts.group(4))
            .map(text ->
                attribute
                    .sub(text)
                    .orElseThrow(
                        () -> new ScimFailure(400, "invalidPath", "Expected a sub-attribute")));
    if (parts.group(3) != null) {
      elements(verb, holder, attribute, parts.group(3), sub, value);
    } else if (sub.isPresent()) {
      subAttribute(verb, holder, attribute, sub.get(), value);
    } else {
      whole(verb, holder, attribute, value);
    }
    if (enterprise && holder.isEmpty()) {
      resource.remove(Schema.ENTERPRISE_URN);
    }
  }

  private void whole(String verb, ObjectNode holder, Attribute attribute, JsonNode value) {
    String name = attribute.name();
    if (fault == Fault.PATCH_REFUSES_TEXT_BOOLEANS && attribute.bool() && value.isTextual()) {
      throw new ScimFailure(400, "invalidValue", "Expected a boolean");
    }
    if (verb.equals("remove")) {
      if (attribute.required()) {
        throw new ScimFailure(400, "mutability", "Expected the required attribute to stay");
      }
      boolean some = attribute.multi() && value.isArray() && !value.isEmpty();
      if (some && fault != Fault.PATCH_REMOVE_WITH_VALUE_EMPTIES) {
        value.forEach(
            gone -> removeIf(holder, name, item -> item.path("value").equals(gone.path("value"))));
      } else {
        holder.remove(name);
      }
      return;
    }
    if (verb.equals("replace")
        && name.equals("members")
        && fault == Fault.PATCH_REPLACE_IGNORES_MEMBERS) {
      return;
    }
    Optional<JsonNode> read = schema.read(attribute, value, false);
    if (read.isEmpty()) {
      holder.remove(name);
    } else if (attribute.multi()
        && verb.equals("add")
        && fault != Fault.PATCH_ADD_REPLACES_MULTI_VALUED) {
      read.get().forEach(item -> append(holder.withArray("/" + escaped(name)), item));
    } else if (!attribute.multi() && !attribute.subs().isEmpty()) {
      holder.withObject("/" + escaped(name)).setAll((ObjectNode) read.get());
    } else {
      holder.set(name, read.get());
    }
  }

  private void append(ArrayNode list, JsonNode item) {
    boolean same = false;
    for (JsonNode each : list) {
      same |=
          each.equals(item) || (item.size() == 1 && each.path("value").equals(item.path("value")));
    }
    if (same && fault != Fault.ADD_MEMBER_TWICE_LISTS_IT_TWICE) {
      return;
    }
    if (item.path("primary").asBoolean() && fault != Fault.PRIMARY_TWICE) {
      list.forEach(each -> ((ObjectNode) each).remove("primary"));
    }
    list.add(item);
  }

  private void subAttribute(
      String verb, ObjectNode holder, Attribute attribute, Attribute sub, JsonNode value) {
    if (attribute.multi()) {
      throw new ScimFailure(400, "invalidPath", "Expected a filter");
    }
    ObjectNode complex = holder.withObject("/" + escaped(attribute.name()));
    set(verb, complex, sub, value);
    if (complex.isEmpty()) {
      holder.remove(attribute.name());
    }
  }

  private void elements(
      String verb,
      ObjectNode holder,
      Attribute attribute,
      String filter,
      Optional<Attribute> sub,
      JsonNode value) {
    Predicate<JsonNode> wanted;
    try {
      wanted = Filter.element(filter, attribute, schema, Fault.NONE);
    } catch (ScimFailure broken) {
      boolean text = filter.equals("primary eq \"True\"");
      if (!text) {
        throw new ScimFailure(400, "invalidPath", "Expected a filter in the path");
      }
      wanted = item -> item.path("primary").asBoolean();
    }
    String name = attribute.name();
    if (verb.equals("remove") && sub.isEmpty()) {
      removeIf(holder, name, wanted);
      return;
    }
    boolean matched = false;
    for (JsonNode item : holder.path(name)) {
      if (wanted.test(item)) {
        matched = true;
        if (sub.isPresent()) {
          set(verb, (ObjectNode) item, sub.get(), value);
        } else {
          ((ObjectNode) item)
              .setAll((ObjectNode) schema.read(attribute, value, true).orElseThrow());
        }
      }
    }
    if (!matched && !verb.equals("remove") && fault != Fault.PATCH_VALUE_PATH_CREATES_NOTHING) {
      Matcher type = TYPE.matcher(filter);
      if (!type.matches() || sub.isEmpty()) {
        throw new ScimFailure(400, "noTarget", "Expected an element that matches");
      }
      ObjectNode created = holder.withArray("/" + escaped(name)).addObject();
      created.put(type.group(1), type.group(2));
      set(verb, created, sub.get(), value);
    }
  }

  private void set(String verb, ObjectNode complex, Attribute sub, JsonNode value) {
    Optional<JsonNode> read =
        verb.equals("remove") ? Optional.empty() : schema.read(sub, value, true);
    read.ifPresentOrElse(found -> complex.set(sub.name(), found), () -> complex.remove(sub.name()));
  }

  private static void removeIf(ObjectNode holder, String name, Predicate<JsonNode> gone) {
    List<JsonNode> kept = new ArrayList<>();
    holder
        .path(name)
        .forEach(item -> {
          if (!gone.test(item)) {
            kept.add(item);
          }
        });
    if (kept.isEmpty()) {
      holder.remove(name);
    } else {
      holder.putArray(name).addAll(kept);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
