package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.conformance.reference.Schema.Attribute;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of RFC 7644 §3.4.2.2, as predicates on a resource. */
final class Filter {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([()\\[\\]])|(\"(?:[^\"\\\\]|\\\\.)*\")|([^\\s()\\[\\]\"]+))");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEPEST = 50;

  private final List<String> tokens = new ArrayList<>();
  private final Schema schema;
  private final Fault fault;
  private int at;
  private int depth;

  private Filter(String text, Schema schema, Fault fault) {
    this.schema = schema;
    this.fault = fault;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group().strip());
      end = matcher.end();
    }
    if (!text.substring(end).isBlank() || tokens.isEmpty()) {
      throw invalid();
    }
  }

  static Predicate<JsonNode> parse(String text, Schema schema, Fault fault) {
    Filter filter = new Filter(text, schema, fault);
    Predicate<JsonNode> parsed = filter.or(Map.of());
    if (filter.at < filter.tokens.size()) {
      throw invalid();
    }
    return parsed;
  }

  /** A filter on one element of a multi-valued attribute. */
  static Predicate<JsonNode> element(String text, Attribute attribute, Schema schema, Fault fault) {
    Filter filter = new Filter(text, schema, fault);
    Predicate<JsonNode> parsed = filter.or(attribute.subs());
    if (filter.at < filter.tokens.size()) {
      throw invalid();
    }
    return parsed;
  }

  private Predicate<JsonNode> or(Map<String, Attribute> inside) {
    boolean flat = fault == Fault.FILTER_AND_OR_HAVE_ONE_PRECEDENCE;
    Predicate<JsonNode> left = flat ? one(inside) : and(inside);
    while (true) {
      if (accept("or")) {
        left = left.or(flat ? one(inside) : and(inside));
      } else if (flat && accept("and")) {
        left = left.and(one(inside));
      } else {
        return left;
      }
    }
  }

  private Predicate<JsonNode> and(Map<String, Attribute> inside) {
    Predicate<JsonNode> left = one(inside);
    while (accept("and")) {
      left = left.and(one(inside));
    }
    return left;
  }

  private Predicate<JsonNode> one(Map<String, Attribute> inside) {
    boolean not = accept("not");
    if (accept("(")) {
      if (++depth > DEEPEST) {
        throw invalid();
      }
      Predicate<JsonNode> group = or(inside);
      expect(")");
      depth--;
      return not ? group.negate() : group;
    }
    if (not) {
      throw invalid();
    }
    return comparison(next(), inside);
  }

  private Predicate<JsonNode> comparison(String name, Map<String, Attribute> inside) {
    if (!name.matches("[A-Za-z$][\\w.:$-]*")) {
      throw invalid();
    }
    if (accept("[")) {
      Attribute attribute = schema.find(name).orElseThrow(Filter::invalid);
      if (!inside.isEmpty() || attribute.subs().isEmpty()) {
        throw invalid();
      }
      Predicate<JsonNode> element = or(attribute.subs());
      expect("]");
      if (at < tokens.size() && tokens.get(at).startsWith(".")) {
        String sub = tokens.get(at++).substring(1);
        Predicate<JsonNode> rest = compare(attribute.sub(sub).orElseThrow(Filter::invalid));
        return each(attribute.name(), item -> element.test(item) && rest.test(item.path(sub)));
      }
      if (fault == Fault.FILTER_VALUE_PATH_MIXES_ELEMENTS) {
        return resource -> !resource.path(attribute.name()).isMissingNode();
      }
      return each(attribute.name(), element);
    }
    if (!inside.isEmpty()) {
      Attribute sub = inside.get(name.toLowerCase(Locale.ROOT));
      if (sub == null) {
        throw invalid();
      }
      Predicate<JsonNode> value = compare(sub);
      return item -> value.test(item.path(sub.name()));
    }
    return attribute(name);
  }

  private Predicate<JsonNode> attribute(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("password") && fault != Fault.FILTER_KNOWS_PASSWORDS) {
      throw invalid();
    }
    if (lower.equals("id") || lower.startsWith("meta.")) {
      String place = lower.equals("id") ? "/id" : "/meta/" + name.substring(5);
      Predicate<JsonNode> value =
          compare(new Attribute(name, false, false, false, true, true, Map.of()));
      return resource -> value.test(resource.at(place));
    }
    String prefix = Schema.ENTERPRISE_URN.toLowerCase(Locale.ROOT) + ":";
    if (lower.startsWith(prefix)) {
      String[] parts = name.substring(prefix.length()).split("\\.", 2);
      Attribute attribute = Schema.ENTERPRISE.find(parts[0]).orElseThrow(Filter::invalid);
      Predicate<JsonNode> value = compare(attribute);
      return resource -> value.test(resource.path(Schema.ENTERPRISE_URN).path(attribute.name()));
    }
    String rest =
        lower.startsWith(schema.urn().toLowerCase(Locale.ROOT) + ":")
            ? name.substring(schema.urn().length() + 1)
            : name;
    String[] parts = rest.split("\\.", 2);
    Attribute attribute = schema.find(parts[0]).orElseThrow(Filter::invalid);
    if (attribute.subs().isEmpty()) {
      if (parts.length > 1) {
        throw invalid();
      }
      Predicate<JsonNode> value = compare(attribute);
      return resource -> value.test(resource.path(attribute.name()));
    }
    Attribute sub =
        attribute.sub(parts.length > 1 ? parts[1] : "value").orElseThrow(Filter::invalid);
    Predicate<JsonNode> value = compare(sub);
    return attribute.multi()
        ? each(attribute.name(), item -> value.test(item.path(sub.name())))
        : resource -> value.test(resource.path(attribute.name()).path(sub.name()));
  }

  private static Predicate<JsonNode> each(String name, Predicate<JsonNode> element) {
    return resource -> {
      for (JsonNode item : resource.path(name)) {
        if (element.test(item)) {
          return true;
        }
      }
      return false;
    };
  }

  private Predicate<JsonNode> compare(Attribute attribute) {
    String operator = next().toLowerCase(Locale.ROOT);
    if (operator.equals("pr")) {
      return value -> !value.isMissingNode() && !value.isNull();
    }
    JsonNode literal = literal(next());
    if (!List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le").contains(operator)
        || (attribute.bool() && (!List.of("eq", "ne").contains(operator) || !literal.isBoolean()))
        || (!attribute.bool() && literal.isBoolean())) {
      throw invalid();
    }
    if (literal.isNull()) {
      return value -> value.isMissingNode() == operator.equals("eq");
    }
    if (attribute.bool()) {
      return value -> value.isBoolean() && value.equals(literal) == operator.equals("eq");
    }
    boolean exact = attribute.exact() || fault == Fault.FILTER_IS_CASE_SENSITIVE;
    String wanted = fold(literal.asText(), exact);
    boolean date =
        attribute.name().toLowerCase(Locale.ROOT).matches("meta\\.(created|lastmodified)");
    return value -> {
      if (value.isMissingNode()) {
        return operator.equals("ne");
      }
      String found = fold(value.asText(), exact);
      int order =
          date
              ? OffsetDateTime.parse(value.asText())
                  .compareTo(OffsetDateTime.parse(literal.asText()))
              : found.compareTo(wanted);
      return switch (operator) {
        case "eq" -> order == 0;
        case "ne" -> order != 0;
        case "co" -> contains(found, wanted);
        case "sw" -> found.startsWith(wanted);
        case "ew" -> found.endsWith(wanted);
        case "gt" -> order > 0;
        case "ge" -> order >= 0;
        case "lt" -> order < 0;
        default -> order <= 0;
      };
    };
  }

  private boolean contains(String found, String wanted) {
    return fault == Fault.FILTER_WILDCARDS
        ? found.matches(
            ".*" + wanted.replace(".", "\\.").replace("%", ".*").replace("_", ".") + ".*")
        : found.contains(wanted);
  }

  private static String fold(String text, boolean exact) {
    return exact ? text : text.toLowerCase(Locale.ROOT);
  }

  private static JsonNode literal(String token) {
    if (!token.startsWith("\"") && !token.matches("true|false|null|-?\\d+(\\.\\d+)?")) {
      throw invalid();
    }
    try {
      return JSON.readTree(token);
    } catch (JsonProcessingException broken) {
      throw invalid();
    }
  }

  private boolean accept(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw invalid();
    }
  }

  private String next() {
    if (at == tokens.size()) {
      throw invalid();
    }
    return tokens.get(at++);
  }

  private static ScimFailure invalid() {
    return new ScimFailure(400, "invalidFilter", "Expected a filter of RFC 7644 §3.4.2.2");
  }
}
