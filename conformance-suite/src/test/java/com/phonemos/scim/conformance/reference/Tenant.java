package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The users and groups of one tenant, and what may be done to them. */
final class Tenant {
  private static final long A_MOMENT_NANOS = 3_000_000;

  private final Map<String, Map<String, ObjectNode>> all =
      Map.of("Users", new LinkedHashMap<>(), "Groups", new LinkedHashMap<>());
  private final Set<String> everTaken = new TreeSet<>();
  private final Fault fault;
  private final String base;
  private long revision;

  Tenant(Fault fault, String base) {
    this.fault = fault;
    this.base = base;
  }

  static Schema schema(String type) {
    return type.equals("Users") ? Schema.USER : Schema.GROUP;
  }

  synchronized List<ObjectNode> list(String type) {
    return all.get(type).values().stream().map(each -> shown(type, each)).toList();
  }

  synchronized ObjectNode read(String type, String id) {
    return shown(type, find(type, id));
  }

  synchronized ObjectNode create(String type, JsonNode body) {
    ObjectNode resource = fromBody(type, body);
    boolean taken = fault == Fault.CREATE_TAKES_THE_ID_OF_THE_CLIENT && body.has("id");
    String id = taken ? body.get("id").asText() : UUID.randomUUID().toString();
    check(type, id, resource);
    resource.put("id", id);
    ObjectNode meta = JsonNodeFactory.instance.objectNode();
    meta.put("resourceType", type.substring(0, type.length() - 1));
    meta.put("created", Instant.now().toString());
    if (fault == Fault.CREATE_TAKES_META_OF_THE_CLIENT && body.path("meta").isObject()) {
      meta.setAll((ObjectNode) body.get("meta"));
    }
    resource.set("meta", meta);
    return stored(type, resource);
  }

  synchronized ObjectNode replace(String type, String id, JsonNode body, Optional<String> ifMatch) {
    if (fault == Fault.PUT_CREATES && !all.get(type).containsKey(id)) {
      return create(type, body);
    }
    ObjectNode before = find(type, id);
    match(before, ifMatch);
    ObjectNode after = fromBody(type, body);
    if (fault == Fault.PUT_MERGES) {
      ObjectNode merged = before.deepCopy();
      merged.setAll(after);
      after = merged;
    }
    if (fault == Fault.PUT_GROUP_IGNORES_MEMBERS && before.has("members")) {
      after.set("members", before.get("members"));
    }
    if (fault == Fault.OMITTED_ACTIVE_DEACTIVATES && !after.has("active")) {
      after.put("active", false);
    }
    check(type, fault == Fault.PUT_CONFLICTS_WITH_ITSELF ? "" : id, after);
    after.put("id", id);
    after.set("meta", before.get("meta").deepCopy());
    return stored(type, after);
  }

  ObjectNode patch(String type, String id, JsonNode body, Optional<String> ifMatch) {
    if (fault == Fault.PATCH_LOSES_UPDATES) {
      ObjectNode copy = read(type, id);
      new Patch(copy, schema(type), fault).apply(body);
      LockSupport.parkNanos(A_MOMENT_NANOS);
      synchronized (this) {
        return stored(type, copy);
      }
    }
    synchronized (this) {
      ObjectNode before = find(type, id);
      match(before, ifMatch);
      ObjectNode after = fault == Fault.PATCH_IS_NOT_ATOMIC ? before : before.deepCopy();
      new Patch(after, schema(type), fault).apply(body);
      if (fault == Fault.PATCH_HAS_NO_EFFECT) {
        return shown(type, before);
      }
      check(type, id, after);
      return stored(type, after);
    }
  }

  synchronized void delete(String type, String id, Optional<String> ifMatch) {
    if (fault == Fault.SECOND_DELETE_ANSWERS_204 && !all.get(type).containsKey(id)) {
      return;
    }
    ObjectNode gone = find(type, id);
    match(gone, ifMatch);
    if (fault == Fault.DELETE_ONLY_DEACTIVATES) {
      gone.put("active", false);
      return;
    }
    all.get(type).remove(id);
    everTaken.add(key(type, gone));
    if (fault != Fault.DELETED_MEMBERS_STAY) {
      all.get("Groups").values().forEach(group -> leave(group, id));
    }
  }

  private static void leave(ObjectNode group, String id) {
    List<JsonNode> kept = new ArrayList<>();
    group
        .path("members")
        .forEach(member -> {
          if (!member.path("value").asText().equals(id)) {
            kept.add(member);
          }
        });
    group.putArray("members").addAll(kept);
  }

  private ObjectNode find(String type, String id) {
    ObjectNode found = all.get(type).get(id);
    if (found == null) {
      throw new ScimFailure(404, "", "Expected a resource, but there is none of that id");
    }
    return found;
  }

  private void match(ObjectNode current, Optional<String> ifMatch) {
    if (ifMatch.isPresent()
        && fault != Fault.IF_MATCH_IS_IGNORED
        && !ifMatch.get().equals("*")
        && !ifMatch.get().equals(current.at("/meta/version").asText())) {
      throw new ScimFailure(412, "", "Expected the current version");
    }
  }

  private ObjectNode fromBody(String type, JsonNode body) {
    Schema schema = schema(type);
    JsonNode schemas = body.path("schemas");
    boolean named = false;
    for (JsonNode urn : schemas) {
      named |= urn.asText().equalsIgnoreCase(schema.urn());
    }
    if (!schemas.isArray() || !named) {
      throw new ScimFailure(400, "invalidValue", "Expected schemas to name the schema");
    }
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    copy(schema, body, resource);
    if (type.equals("Users") && body.path(Schema.ENTERPRISE_URN).isObject()) {
      ObjectNode extension = JsonNodeFactory.instance.objectNode();
      copy(Schema.ENTERPRISE, body.get(Schema.ENTERPRISE_URN), extension);
      if (!extension.isEmpty()) {
        resource.set(Schema.ENTERPRISE_URN, extension);
      }
    }
    return resource;
  }

  private static void copy(Schema schema, JsonNode from, ObjectNode to) {
    from.properties()
        .forEach(member ->
            schema
                .find(member.getKey())
                .filter(attribute -> !attribute.readOnly())
                .flatMap(attribute ->
                    schema
                        .read(attribute, member.getValue(), false)
                        .map(value -> Map.entry(attribute.name(), value)))
                .ifPresent(read -> to.set(read.getKey(), read.getValue())));
  }

  private void check(String type, String id, ObjectNode resource) {
    for (Schema.Attribute attribute : schema(type).attributes().values()) {
      boolean missing = attribute.required() && !resource.has(attribute.name());
      if (missing && fault != Fault.USER_NAME_MAY_BE_MISSING) {
        throw new ScimFailure(400, "invalidValue", "Expected " + attribute.name());
      }
    }
    String key = key(type, resource);
    boolean conflict =
        all.get(type).values().stream()
            .anyMatch(
                other -> !other.path("id").asText().equals(id) && key(type, other).equals(key));
    conflict |= fault == Fault.DELETED_NAME_STAYS_TAKEN && everTaken.contains(key);
    if (conflict && fault != Fault.DUPLICATE_IS_ACCEPTED) {
      boolean known = all.get(type).containsKey(id);
      boolean broken =
          (fault == Fault.DUPLICATE_ANSWERS_500 && !known)
              || (fault == Fault.PUT_CONFLICT_ANSWERS_500 && known);
      throw new ScimFailure(broken ? 500 : 409, "uniqueness", "Expected a name of its own");
    }
    int primaries = 0;
    for (JsonNode email : resource.path("emails")) {
      primaries += email.path("primary").asBoolean() ? 1 : 0;
    }
    if (primaries > 1 && fault != Fault.PRIMARY_TWICE) {
      throw new ScimFailure(400, "invalidValue", "Expected one primary address");
    }
    for (JsonNode member : resource.path("members")) {
      String value = member.path("value").asText();
      boolean known = all.get("Users").containsKey(value) || all.get("Groups").containsKey(value);
      if (!known && fault != Fault.UNKNOWN_MEMBERS_ARE_ACCEPTED) {
        throw new ScimFailure(400, "invalidValue", "Expected members that exist");
      }
    }
  }

  private String key(String type, JsonNode resource) {
    String name = resource.path(type.equals("Users") ? "userName" : "displayName").asText();
    return fault == Fault.USER_NAME_UNIQUE_BY_CASE_ONLY ? name : name.toLowerCase(Locale.ROOT);
  }

  private ObjectNode stored(String type, ObjectNode resource) {
    ObjectNode meta = (ObjectNode) resource.get("meta");
    revision++;
    meta.put("version", "W/\"" + (fault == Fault.ETAG_NEVER_CHANGES ? 1 : revision) + "\"");
    Instant now = Instant.now();
    meta.put(
        "lastModified",
        (fault == Fault.LAST_MODIFIED_GOES_BACK ? now.minusSeconds(60 * revision) : now)
            .toString());
    meta.put("location", base + "/" + type + "/" + resource.get("id").asText());
    resource.remove("groups");
    all.get(type).put(resource.get("id").asText(), resource);
    return shown(type, resource);
  }

  private ObjectNode shown(String type, ObjectNode resource) {
    ObjectNode copy = resource.deepCopy();
    var schemas = copy.putArray("schemas").add(schema(type).urn());
    if (copy.has(Schema.ENTERPRISE_URN)) {
      schemas.add(Schema.ENTERPRISE_URN);
    }
    if (fault != Fault.PASSWORD_IS_RETURNED && fault != Fault.FILTER_KNOWS_PASSWORDS) {
      copy.remove("password");
    }
    copy.path("members")
        .forEach(member ->
            ((ObjectNode) member).put("$ref", base + "/Users/" + member.path("value").asText()));
    if (type.equals("Users")) {
      all.get("Groups")
          .values()
          .forEach(group -> {
            for (JsonNode member : group.path("members")) {
              if (member.path("value").equals(copy.get("id"))) {
                copy.withArray("/groups").addObject().set("value", group.get("id"));
              }
            }
          });
    }
    return copy;
  }
}
