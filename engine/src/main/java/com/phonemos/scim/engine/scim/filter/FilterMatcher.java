package com.phonemos.scim.engine.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.DateTime;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a checked filter means (RFC 7644 §3.4.2.2); {@code FilterSql} finds what this matches.
 *
 * <p>A multi-valued attribute satisfies a comparison when one of its values does; one without
 * values is compared like an absent value, which differs from every value. A value of another type
 * than its attribute's, which a changed schema may leave behind, counts as absent.
 */
public final class FilterMatcher {
  private FilterMatcher() {}

  /** Where the paths of a filter lead: from a resource, or from an element of one. */
  private interface Scope {
    Place place(AttributePath path);
  }

  /** What a path leads to: the value of an attribute, and the sub-attribute it names. */
  private record Place(JsonNode value, Attribute attribute, Optional<Attribute> sub) {}

  /**
   * Whether a resource satisfies a filter.
   *
   * @param filter as {@link FilterCheck#check} returned it
   * @param resource as its client sees it, {@code meta} included
   */
  public static boolean matches(
      Filter filter, SchemaRegistry schemas, ResourceType type, ObjectNode resource) {
    return holds(
        filter,
        path -> {
          ResolvedPath resolved = schemas.resolve(type, path).orElseThrow();
          JsonNode holder = path.schema().<JsonNode>map(resource::path).orElse(resource);
          return new Place(
              holder.path(path.name()),
              resolved.parent(),
              path.subAttribute().map(name -> resolved.attribute()));
        });
  }

  /**
   * Whether an element of a multi-valued complex attribute satisfies a filter, as the value filters
   * of PATCH paths need it (RFC 7644 §3.5.2).
   *
   * @param attribute that the element is a value of
   * @param filter as {@link FilterCheck#checkElement} returned it
   */
  public static boolean matches(Filter filter, Attribute attribute, JsonNode element) {
    return holds(
        filter,
        path -> {
          Attribute sub = attribute.subAttribute(path.name()).orElseThrow();
          return new Place(element.path(sub.name()), sub, Optional.empty());
        });
  }

  private static boolean holds(Filter filter, Scope scope) {
    return switch (filter) {
      case Filter.And and -> holds(and.left(), scope) && holds(and.right(), scope);
      case Filter.Or or -> holds(or.left(), scope) || holds(or.right(), scope);
      case Filter.Not not -> !holds(not.filter(), scope);
      case Filter.Present present -> isPresent(scope.place(present.path()));
      case Filter.Compare compare -> compare(scope.place(compare.path()), compare);
      case Filter.ValuePath path -> {
        Place place = scope.place(path.attribute());
        yield elements(place.value())
            .anyMatch(element -> matches(path.filter(), place.attribute(), element));
      }
    };
  }

  private static boolean isPresent(Place place) {
    return place.sub().isEmpty()
        ? isFilled(place.value())
        : any(place, (value, attribute) -> isFilled(value));
  }

  private static boolean isFilled(JsonNode value) {
    boolean empty =
        isAbsent(value)
            || (value.isContainerNode() && value.isEmpty())
            || (value.isTextual() && value.textValue().isEmpty());
    return !empty;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** A multi-valued complex attribute stands for its value (RFC 7643 §2.4). */
  private static boolean compare(Place place, Filter.Compare compare) {
    Place value =
        place.sub().isEmpty() && place.attribute().type() == Attribute.Type.COMPLEX
            ? new Place(place.value(), place.attribute(), place.attribute().subAttribute("value"))
            : place;
    return any(value, (node, attribute) -> compare(node, attribute, compare));
  }

  private static boolean any(Place place, BiPredicate<JsonNode, Attribute> condition) {
    return values(place.value(), place.attribute())
        .anyMatch(value ->
            place
                .sub()
                .map(sub ->
                    values(value.path(sub.name()), sub)
                        .anyMatch(member -> condition.test(member, sub)))
                .orElseGet(() -> condition.test(value, place.attribute())));
  }

  /** The values of an attribute; one that is missing where it has none. */
  private static Stream<JsonNode> values(JsonNode value, Attribute attribute) {
    if (!attribute.multiValued()) {
      return Stream.of(value);
    }
    boolean none = value.isMissingNode() || (value.isArray() && value.isEmpty());
    return none ? Stream.of(MissingNode.getInstance()) : elements(value);
  }

  private static Stream<JsonNode> elements(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false);
    }
    return value.isMissingNode() ? Stream.empty() : Stream.of(value);
  }

  private static boolean compare(JsonNode value, Attribute attribute, Filter.Compare compare) {
    CompareOperator operator = compare.operator();
    Optional<Boolean> result =
        switch (compare.value()) {
          case Literal.Null none ->
              Optional.of(isAbsent(value) == (operator == CompareOperator.EQ));
          case Literal.Bool bool ->
              when(value.isBoolean(), value)
                  .map(node -> holds(operator, Boolean.compare(node.booleanValue(), bool.value())));
          case Literal.Numeric number ->
              when(value.isNumber(), value)
                  .map(node -> holds(operator, node.decimalValue().compareTo(number.value())));
          case Literal.Text text when attribute.type() == Attribute.Type.DATE_TIME ->
              when(value.isTextual(), value)
                  .flatMap(node -> DateTime.parse(node.textValue()))
                  .map(instant ->
                      holds(
                          operator, instant.compareTo(DateTime.parse(text.value()).orElseThrow())));
          case Literal.Text text ->
              when(value.isTextual(), value)
                  .map(node ->
                      attribute.caseExact()
                          ? holds(operator, node.textValue(), text.value())
                          : holds(
                              operator,
                              Folding.fold(node.textValue()),
                              Folding.fold(text.value())));
        };
    return result.orElse(operator == CompareOperator.NE);
  }

  private static Optional<JsonNode> when(boolean fits, JsonNode value) {
    return fits ? Optional.of(value) : Optional.empty();
  }

  private static boolean holds(CompareOperator operator, String left, String right) {
    return switch (operator) {
      case CO -> left.contains(right);
      case SW -> left.startsWith(right);
      case EW -> left.endsWith(right);
      case EQ -> left.equals(right);
      case NE -> !left.equals(right);
      // By code points: UTF-16 would put the supplementary planes before U+E000.
      case GT, GE, LT, LE ->
          holds(
              operator, Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray()));
    };
  }

  private static boolean holds(CompareOperator operator, int order) {
    return switch (operator) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case CO, SW, EW -> throw new IllegalStateException(operator + " compares texts only");
    };
  }
}
