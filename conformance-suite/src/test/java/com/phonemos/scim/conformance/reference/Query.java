package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.reference.Schema.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a list is asked for: filter, order, page, chosen attributes. */
final class Query {
  private static final int MOST = 100;

  private final Map<String, String> parameters;
  private final String type;
  private final Schema schema;
  private final Fault fault;
  private final int tenant;

  /**
   * A query.
   *
   * @param tenant goes into cursors, so that one of another tenant is refused
   */
  Query(Map<String, String> parameters, String type, int tenant, Fault fault) {
    this.parameters = parameters;
    this.type = type;
    this.schema = Tenant.schema(type);
    this.tenant = tenant;
    this.fault = fault;
  }

  ObjectNode run(List<ObjectNode> all) {
    List<ObjectNode> found = new ArrayList<>(all);
    Optional.ofNullable(parameters.get("filter"))
        .ifPresent(text -> found.removeIf(filter(text).negate()));
    Optional.ofNullable(parameters.get("sortBy")).ifPresent(by -> sort(found, by));
    if (found.isEmpty()
        && parameters.containsKey("filter")
        && fault == Fault.NO_MATCH_ANSWERS_404) {
      throw new ScimFailure(404, "", "Expected a match");
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    if (fault != Fault.LIST_WITHOUT_SCHEMA) {
      list.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    }
    int count = number("count", MOST);
    if (count < 0 && fault == Fault.NEGATIVE_COUNT_IS_AN_ERROR) {
      throw new ScimFailure(400, "invalidValue", "Expected count to be positive");
    }
    int size = fault == Fault.COUNT_IS_IGNORED ? MOST : Math.min(MOST, Math.max(0, count));
    List<ObjectNode> page =
        parameters.containsKey("cursor") ? after(found, all, size, list) : from(found, size, list);
    list.put("totalResults", fault == Fault.TOTAL_RESULTS_IS_THE_PAGE ? page.size() : found.size());
    list.put("itemsPerPage", fault == Fault.ITEMS_PER_PAGE_IS_THE_COUNT ? size : page.size());
    ArrayNode resources = list.putArray("Resources");
    page.forEach(resource -> resources.add(project(resource)));
    return list;
  }

  private List<ObjectNode> from(List<ObjectNode> found, int size, ObjectNode list) {
    int asked = number("startIndex", 1);
    if (asked < 1 && fault == Fault.START_INDEX_0_IS_AN_ERROR) {
      throw new ScimFailure(400, "invalidValue", "Expected startIndex to be positive");
    }
    int start = Math.max(1, asked);
    list.put("startIndex", start);
    int first = Math.min(found.size(), fault == Fault.START_INDEX_IS_0_BASED ? start : start - 1);
    return found.subList(first, Math.min(found.size(), first + size));
  }

  private List<ObjectNode> after(
      List<ObjectNode> found, List<ObjectNode> all, int size, ObjectNode list) {
    String cursor = parameters.getOrDefault("cursor", "");
    long seen = cursor.isEmpty() ? 0 : position(cursor);
    List<ObjectNode> rest = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      long place = fault == Fault.CURSOR_SKIPS_AFTER_DELETION ? i + 1 : sequence(found.get(i));
      if (place > seen) {
        rest.add(found.get(i));
      }
    }
    List<ObjectNode> page = rest.subList(0, Math.min(size, rest.size()));
    boolean more = rest.size() > page.size() || fault == Fault.CURSOR_NEVER_ENDS;
    if (more && !page.isEmpty()) {
      long last =
          fault == Fault.CURSOR_SKIPS_AFTER_DELETION
              ? seen + page.size()
              : sequence(page.getLast());
      list.put("nextCursor", cursor(fault == Fault.CURSOR_NEVER_ENDS ? seen : last));
    }
    return page;
  }

  /** Creation order: the time a resource was made, which no change moves. */
  private static long sequence(ObjectNode resource) {
    java.time.Instant created = java.time.Instant.parse(resource.at("/meta/created").asText());
    return created.getEpochSecond() * 1_000_000_000L + created.getNano();
  }

  private String cursor(long position) {
    String text = tenant + "." + position;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((text + "." + text.hashCode()).getBytes(StandardCharsets.UTF_8));
  }

  private long position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      long position = Long.parseLong(text.split("\\.")[1]);
      if (cursor(position).equals(cursor)) {
        return position;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException garbage) {
      // Told below, with those that were tampered with.
    }
    if (fault == Fault.CURSOR_GARBAGE_STARTS_OVER) {
      return 0;
    }
    throw new ScimFailure(400, "invalidCursor", "Expected a cursor of this tenant");
  }

  private Predicate<JsonNode> filter(String text) {
    boolean ignored =
        fault == Fault.FILTER_IS_IGNORED
            || (fault == Fault.GROUP_FILTER_IS_IGNORED && type.equals("Groups"))
            || (fault == Fault.SEARCH_IGNORES_THE_FILTER && parameters.containsKey("search"));
    try {
      Predicate<JsonNode> parsed = Filter.parse(text, schema, fault);
      return ignored ? resource -> true : parsed;
    } catch (ScimFailure broken) {
      if (fault == Fault.FILTER_SYNTAX_ERROR_MATCHES_NOTHING) {
        return resource -> false;
      }
      throw broken;
    }
  }

  private void sort(List<ObjectNode> found, String by) {
    boolean down = parameters.getOrDefault("sortOrder", "ascending").equalsIgnoreCase("descending");
    if (!List.of("ascending", "descending")
        .contains(parameters.getOrDefault("sortOrder", "ascending").toLowerCase(Locale.ROOT))) {
      throw new ScimFailure(400, "invalidValue", "Expected sortOrder ascending or descending");
    }
    if (schema.find(by.split("\\.")[0]).isEmpty() || by.equalsIgnoreCase("password")) {
      throw new ScimFailure(400, "invalidValue", "Expected sortBy to name an attribute");
    }
    if (fault == Fault.SORT_IS_IGNORED) {
      return;
    }
    boolean absentFirst = fault == Fault.SORT_ABSENT_FIRST;
    found.sort(
        Comparator.comparing((ObjectNode each) -> (absentFirst ? "\0" : "") + value(each, by)));
    if (!absentFirst) {
      found.sort(Comparator.comparing((ObjectNode each) -> value(each, by).isEmpty()));
    }
    if (down) {
      Collections.reverse(found);
    }
  }

  private static String value(JsonNode resource, String by) {
    return resource.at("/" + by.replace('.', '/')).asText("").toLowerCase(Locale.ROOT);
  }

  /** RFC 7644 §3.9. */
  ObjectNode project(ObjectNode resource) {
    String wanted = parameters.getOrDefault("attributes", "");
    String unwanted = parameters.getOrDefault("excludedAttributes", "");
    if (fault == Fault.ATTRIBUTES_ARE_IGNORED || (wanted.isEmpty() && unwanted.isEmpty())) {
      return resource;
    }
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    if (wanted.isEmpty()) {
      shown = resource.deepCopy();
      for (String name : unwanted.split(",")) {
        exclude(shown, name.strip());
      }
    } else {
      for (String always : List.of("id", "schemas")) {
        shown.set(always, resource.get(always));
      }
      for (String name : wanted.split(",")) {
        include(resource, shown, name.strip());
      }
    }
    return shown;
  }

  private void include(ObjectNode from, ObjectNode to, String name) {
    if (name.equals("meta")) {
      to.set("meta", from.get("meta"));
    }
    String[] parts = local(name).split("\\.");
    Optional<Attribute> attribute = schema.find(parts[0]);
    if (attribute.isEmpty() || !from.has(attribute.get().name())) {
      return;
    }
    JsonNode value = from.get(attribute.get().name());
    if (parts.length > 1 && value.isObject()) {
      attribute
          .get()
          .sub(parts[1])
          .filter(sub -> value.has(sub.name()))
          .ifPresent(sub ->
              to.withObject("/" + attribute.get().name()).set(sub.name(), value.get(sub.name())));
    } else {
      to.set(attribute.get().name(), value);
    }
  }

  private void exclude(ObjectNode from, String name) {
    if (name.equals("id") && fault == Fault.EXCLUDED_ATTRIBUTES_TAKE_THE_ID) {
      from.remove("id");
    }
    String[] parts = local(name).split("\\.");
    schema
        .find(parts[0])
        .ifPresent(attribute -> {
          if (parts.length > 1 && from.path(attribute.name()).isObject()) {
            attribute
                .sub(parts[1])
                .ifPresent(sub -> ((ObjectNode) from.get(attribute.name())).remove(sub.name()));
          } else {
            from.remove(attribute.name());
          }
        });
  }

  private String local(String name) {
    return name.startsWith(schema.urn() + ":") ? name.substring(schema.urn().length() + 1) : name;
  }

  private int number(String name, int otherwise) {
    try {
      return Optional.ofNullable(parameters.get(name)).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException wrong) {
      throw new ScimFailure(400, "invalidValue", "Expected " + name + " to be a number");
    }
  }

  /** The members of a SearchRequest, as parameters. */
  static Map<String, String> ofSearch(JsonNode body) {
    Map<String, String> parameters = new java.util.HashMap<>(Map.of("search", ""));
    body.properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          List<String> texts = new ArrayList<>();
          value.forEach(each -> texts.add(each.asText()));
          parameters.put(
              member.getKey(), value.isArray() ? String.join(",", texts) : value.asText());
        });
    return parameters;
  }

  /** The parameters of a URL. */
  static Map<String, String> ofUrl(Optional<String> query) {
    Map<String, String> parameters = new java.util.HashMap<>();
    Arrays.stream(query.orElse("").split("&"))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> {
          String[] parts = pair.split("=", 2);
          parameters.put(
              parts[0],
              java.net.URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        });
    return parameters;
  }
}
