package com.phonemos.scim.idp.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Just enough of a SCIM service for the simulators to talk to. It reads kindly: whatever any of
 * them sends is understood as that one means it. For one thread.
 */
public final class MemoryScim {
  private static final Pattern EQUAL = Pattern.compile("(.+) eq \"(.*)\"");

  private final Map<String, ObjectNode> users = new LinkedHashMap<>();
  private final Map<String, ObjectNode> groups = new LinkedHashMap<>();

  private final Map<String, Integer> lastId = new LinkedHashMap<>();
  private String config = "{}";
  private int revision;

  /** A status and a body, which may be empty. */
  public record Reply(int status, String body) {}

  /** Puts a resource there, under its own id if it has one. */
  public ObjectNode seed(String resourceType, ObjectNode resource) {
    String id = resource.has("id") ? resource.path("id").asText() : nextId(resourceType);
    return create(id, store(resourceType), resourceType, resource);
  }

  /** What is there, by id: {@code Users} or {@code Groups}. */
  public Map<String, ObjectNode> store(String resourceType) {
    return resourceType.equals("Users") ? users : groups;
  }

  /** Announces features; versions are kept if etag is among them. */
  public void announce(String serviceProviderConfig) {
    config = serviceProviderConfig;
  }

  /** Creations only; a member may be created by the same request (RFC 7644 §3.7.2). */
  private Reply bulk(String body) {
    Map<String, String> ids = new LinkedHashMap<>();
    ObjectNode answer = Json.object();
    ArrayNode done = answer.putArray("Operations");
    for (JsonNode operation : Json.object(body).orElseThrow().path("Operations")) {
      ObjectNode data = (ObjectNode) operation.path("data");
      for (JsonNode member : data.path("members")) {
        String value = member.path("value").asText();
        if (value.startsWith("bulkId:")) {
          ((ObjectNode) member).put("value", ids.get(value.substring("bulkId:".length())));
        }
      }
      String type = operation.path("path").asText().substring(1);
      Reply reply = post(store(type), type, data.toString());
      ObjectNode result = done.addObject().put("status", Integer.toString(reply.status()));
      String bulkId = operation.path("bulkId").asText();
      result.put("bulkId", bulkId);
      if (reply.status() == 201) {
        String id = Json.object(reply.body()).orElseThrow().path("id").asText();
        ids.put(bulkId, id);
        result.put("location", "https://scim.example/" + type + "/" + id);
      }
    }
    return new Reply(200, answer.toString());
  }

  private void changed(ObjectNode resource) {
    if (config.contains("etag")) {
      revision++;
      resource.withObject("meta").put("version", "W/\"" + revision + "\"");
    }
  }

  /**
   * Does what a request asks for.
   *
   * @param query empty if there is none
   * @param ifMatch the version that is wanted; empty if there is none
   */
  public Reply answer(String method, String path, String query, String body, String ifMatch) {
    List<String> segments = Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
    int at = Math.max(segments.indexOf("Users"), segments.indexOf("Groups"));
    if (path.matches(".*/(ServiceProviderConfig|ResourceTypes|Schemas)")) {
      return new Reply(200, config);
    }
    if (path.endsWith("/Bulk")) {
      return bulk(body);
    }
    if (at < 0) {
      return error(404, "No such endpoint");
    }
    String type = segments.get(at);
    Map<String, ObjectNode> store = store(type);
    if (segments.size() == at + 1) {
      return method.equals("GET") ? list(store, query) : post(store, type, body);
    }
    ObjectNode resource = store.get(segments.get(at + 1));
    if (resource == null) {
      return error(404, "Resource not found");
    }
    String version = resource.path("meta").path("version").asText("");
    if (!method.equals("GET") && !version.equals(ifMatch)) {
      return error(412, "The version is " + version);
    }
    return switch (method) {
      case "GET" -> new Reply(200, shown(resource, query).toString());
      case "PUT" -> put(resource, body);
      case "PATCH" -> patch(type, resource, body);
      default -> {
        store.remove(segments.get(at + 1));
        groups.values().forEach(g -> MemoryPatch.removeMember(g, resource.path("id")));
        yield new Reply(204, "");
      }
    };
  }

  private Reply post(Map<String, ObjectNode> store, String type, String body) {
    ObjectNode resource = Json.object(body).orElseThrow();
    String key = type.equals("Users") ? "userName" : "displayName";
    boolean taken =
        store.values().stream()
            .anyMatch(r -> r.path(key).asText().equalsIgnoreCase(resource.path(key).asText()));
    if (taken) {
      return error(409, key + " is taken");
    }
    return new Reply(201, create(nextId(type), store, type, resource).toString());
  }

  private ObjectNode create(
      String id, Map<String, ObjectNode> store, String type, ObjectNode resource) {
    ObjectNode created = Json.object();
    created.set("schemas", resource.path("schemas"));
    created.put("id", id);
    resource.properties().forEach(e -> created.set(e.getKey(), e.getValue()));
    created.put("id", id);
    created.remove("password");
    created.putObject("meta").put("resourceType", type.equals("Users") ? "User" : "Group");
    store.put(id, created);
    changed(created);
    return created;
  }

  /** Counts up for ever: an id is never given twice. */
  private String nextId(String type) {
    return (type.equals("Users") ? "u" : "g") + lastId.merge(type, 1, Integer::sum);
  }

  private Reply put(ObjectNode resource, String body) {
    String id = resource.path("id").asText();
    resource.removeAll();
    resource.setAll(Json.object(body).orElseThrow());
    resource.put("id", id);
    changed(resource);
    return new Reply(200, resource.toString());
  }

  private Reply list(Map<String, ObjectNode> store, String query) {
    Map<String, String> parameters = parameters(query);
    List<ObjectNode> hits = new ArrayList<>(store.values());
    if (parameters.containsKey("filter")) {
      for (String condition : parameters.get("filter").split("(?<=\") and ", -1)) {
        Matcher filter = EQUAL.matcher(condition);
        if (!filter.matches()) {
          return error(400, "invalid filter");
        }
        String value = filter.group(2).replace("\\\"", "\"").replace("\\\\", "\\");
        hits.removeIf(hit -> !holds(hit, filter.group(1), value));
      }
    }
    String cursor = parameters.getOrDefault("cursor", "1");
    int start = Integer.parseInt(parameters.getOrDefault("startIndex", cursor));
    int count = Integer.parseInt(parameters.getOrDefault("count", "100"));
    ObjectNode list = Json.object();
    list.set("schemas", Json.array(Urn.LIST));
    list.put("totalResults", hits.size());
    ArrayNode resources = list.putArray("Resources");
    hits.stream().skip(start - 1L).limit(count).forEach(hit -> resources.add(shown(hit, query)));
    list.put("startIndex", start).put("itemsPerPage", resources.size());
    if (config.contains("cursor") && start + count <= hits.size()) {
      list.put("nextCursor", Integer.toString(start + count));
    }
    return new Reply(200, list.toString());
  }

  private static boolean holds(ObjectNode resource, String path, String value) {
    JsonNode found = resource.path(path.replaceFirst("^(\\w+)\\.value$", "$1"));
    return found.isArray()
        ? found.findValuesAsText("value").contains(value)
        : new AttributePath(path).read(resource).orElse("").equalsIgnoreCase(value);
  }

  private static ObjectNode shown(ObjectNode resource, String query) {
    return parameters(query).containsKey("excludedAttributes")
        ? resource.deepCopy().without(List.of("members"))
        : resource;
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .filter(p -> p.contains("="))
        .map(p -> p.split("=", 2))
        .collect(
            Collectors.toMap(
                p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8), (a, b) -> b));
  }

  private Reply patch(String type, ObjectNode resource, String body) {
    for (JsonNode operation : Json.object(body).orElseThrow().path("Operations")) {
      MemoryPatch.apply(resource, operation);
    }
    changed(resource);
    return type.equals("Users") ? new Reply(200, resource.toString()) : new Reply(204, "");
  }

  /** A SCIM error (RFC 7644 §3.12). */
  public static Reply error(int status, String detail) {
    ObjectNode error = Json.object();
    error.set("schemas", Json.array("urn:ietf:params:scim:api:messages:2.0:Error"));
    error.put("detail", detail).put("status", Integer.toString(status));
    return new Reply(status, error.toString());
  }
}
