package com.phonemos.scim.engine.scim.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Reads a query from the parameters of a GET (RFC 7644 §3.4.2) or the body of a POST to {@code
 * /.search} (RFC 7644 §3.4.3). Members that the RFCs do not know are ignored.
 */
public final class SearchReader {
  private static final List<String> NAMES =
      List.of(
          "filter",
          "sortBy",
          "sortOrder",
          "startIndex",
          "count",
          "cursor",
          "attributes",
          "excludedAttributes");

  private final Map<String, String> values;

  private SearchReader(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads query parameters.
   *
   * @param parameters the values of a parameter, in the order of the query
   * @throws ScimException 400: invalidFilter, invalidCursor, invalidCount or invalidValue, naming
   *     the parameter
   */
  public static SearchRequest parameters(Function<String, List<String>> parameters) {
    Map<String, String> values = new HashMap<>();
    for (String name : NAMES) {
      List<String> given = parameters.apply(name);
      if (given.size() > 1) {
        throw refuse(
            refusal(name),
            "Expected " + name + " once, but it is there " + given.size() + " times");
      }
      given.forEach(value -> values.put(name, value));
    }
    return new SearchReader(values).read();
  }

  /**
   * Reads a SearchRequest; {@code attributes} and {@code excludedAttributes} are arrays of names,
   * or one text of names separated by commas.
   *
   * @throws ScimException as {@link #parameters}; 400 invalidSyntax for another kind of message
   */
  public static SearchRequest body(ObjectNode body) {
    JsonNode urns = member(body, "schemas");
    boolean isOther =
        urns.isArray()
            && !urns.isEmpty()
            && StreamSupport.stream(urns.spliterator(), false)
                .noneMatch(urn -> urn.asText().equalsIgnoreCase(Urn.SEARCH_REQUEST));
    if (isOther) {
      throw refuse(
          ScimType.INVALID_SYNTAX,
          "Expected schemas to name " + Urn.SEARCH_REQUEST + ", but it names another message");
    }
    Map<String, String> values = new HashMap<>();
    for (String name : NAMES) {
      JsonNode value = member(body, name);
      if (!value.isMissingNode() && !value.isNull()) {
        values.put(name, text(name, value));
      }
    }
    return new SearchReader(values).read();
  }

  /** Names are compared without regard to case (RFC 7643 §2.1). */
  private static JsonNode member(ObjectNode body, String name) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return body.path(name);
  }

  private static String text(String name, JsonNode value) {
    boolean isList = name.equals("attributes") || name.equals("excludedAttributes");
    boolean isNumber = name.equals("startIndex") || name.equals("count");
    if (isList && value.isArray()) {
      List<String> names = new ArrayList<>();
      value.forEach(element -> names.add(text(name, element)));
      return String.join(",", names);
    }
    if (value.isTextual() || (isNumber && value.isNumber())) {
      return value.asText();
    }
    throw refuse(
        refusal(name),
        "Expected "
            + name
            + " to be "
            + (isList ? "an array of texts" : isNumber ? "an integer" : "a text")
            + ", but it is another kind of value");
  }

  private SearchRequest read() {
    Optional<String> cursor = value("cursor");
    if (cursor.isPresent() && value("startIndex").isPresent()) {
      throw refuse(
          ScimType.INVALID_VALUE, "Expected cursor or startIndex, but the request has both");
    }
    return new SearchRequest(
        value("filter").map(FilterParser::parse),
        value("sortBy").map(SearchReader::sortBy),
        value("sortOrder").map(SearchReader::isDescending).orElse(false),
        cursor
            .<Paging>map(Paging.Cursor::new)
            .orElseGet(() -> new Paging.Index(Math.max(1, integer("startIndex").orElse(1)))),
        count(),
        value("attributes"),
        value("excludedAttributes"));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static AttributePath sortBy(String text) {
    return AttributePath.parse(text.strip())
        .orElseThrow(() ->
            refuse(
                ScimType.INVALID_VALUE,
                "Expected sortBy to be the path of an attribute, but it is none"));
  }

  private static boolean isDescending(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "ascending" -> false;
      case "descending" -> true;
      default ->
          throw refuse(
              ScimType.INVALID_VALUE,
              "Expected sortOrder to be ascending or descending, but it is neither");
    };
  }

  /** A negative count is read as 0 (RFC 7644 §3.4.2.4, RFC 9865 §2). */
  private OptionalLong count() {
    OptionalLong count = integer("count");
    return count.isPresent() ? OptionalLong.of(Math.max(0, count.getAsLong())) : count;
  }

  private OptionalLong integer(String name) {
    Optional<String> text = value(name).map(String::strip);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException notAnInteger) {
      boolean ofCursor = name.equals("count") && value("cursor").isPresent();
      throw refuse(
          ofCursor ? ScimType.INVALID_COUNT : ScimType.INVALID_VALUE,
          "Expected " + name + " to be an integer, but it is none");
    }
  }

  private static ScimType refusal(String name) {
    return switch (name) {
      case "filter" -> ScimType.INVALID_FILTER;
      case "cursor" -> ScimType.INVALID_CURSOR;
      default -> ScimType.INVALID_VALUE;
    };
  }

  private static ScimException refuse(ScimType type, String detail) {
    return ScimException.badRequest(type, detail);
  }
}
