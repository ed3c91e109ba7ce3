package com.phonemos.scim.engine.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.Attribute;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Evaluates a checked filter on one element of a multi-valued complex attribute, as the value
 * filters of PATCH paths need it (RFC 7644 §3.5.2).
 */
public final class FilterMatcher {
  private FilterMatcher() {}

  /**
   * Whether an element satisfies a filter.
   *
   * @param attribute that the element is a value of
   * @param filter as {@link FilterCheck#checkElement} returned it
   */
  public static boolean matches(Filter filter, Attribute attribute, JsonNode element) {
    return switch (filter) {
      case Filter.And and ->
          matches(and.left(), attribute, element) && matches(and.right(), attribute, element);
      case Filter.Or or ->
          matches(or.left(), attribute, element) || matches(or.right(), attribute, element);
      case Filter.Not not -> !matches(not.filter(), attribute, element);
      case Filter.Present present -> isPresent(element.path(present.path().name()));
      case Filter.Compare compare -> {
        Attribute sub = attribute.subAttribute(compare.path().name()).orElseThrow();
        yield compare(element.path(sub.name()), sub, compare.operator(), compare.value());
      }
      case Filter.ValuePath nested ->
          throw new IllegalStateException("A value path is never inside another");
    };
  }

  private static boolean isPresent(JsonNode value) {
    boolean empty =
        value.isMissingNode()
            || value.isNull()
            || (value.isContainerNode() && value.isEmpty())
            || (value.isTextual() && value.textValue().isEmpty());
    return !empty;
  }

  /** An absent value differs from every value: it satisfies {@code ne} alone. */
  private static boolean compare(
      JsonNode value, Attribute attribute, CompareOperator operator, Literal literal) {
    boolean absent = value.isMissingNode() || value.isNull();
    if (literal instanceof Literal.Null) {
      return absent == (operator == CompareOperator.EQ);
    }
    if (absent) {
      return operator == CompareOperator.NE;
    }
    return switch (literal) {
      case Literal.Bool bool -> holds(operator, Boolean.compare(value.asBoolean(), bool.value()));
      case Literal.Numeric number ->
          holds(operator, value.decimalValue().compareTo(number.value()));
      case Literal.Text text -> compareTexts(value.asText(), attribute, operator, text.value());
      case Literal.Null none -> throw new IllegalStateException("Handled above");
    };
  }

  private static boolean compareTexts(
      String value, Attribute attribute, CompareOperator operator, String literal) {
    if (attribute.type() == Attribute.Type.DATE_TIME) {
      return compareDateTimes(value, operator, literal);
    }
    String left = attribute.caseExact() ? value : Folding.fold(value);
    String right = attribute.caseExact() ? literal : Folding.fold(literal);
    return switch (operator) {
      case CO -> left.contains(right);
      case SW -> left.startsWith(right);
      case EW -> left.endsWith(right);
      case EQ, NE, GT, GE, LT, LE -> holds(operator, left.compareTo(right));
    };
  }

  private static boolean compareDateTimes(String value, CompareOperator operator, String literal) {
    try {
      return holds(
          operator,
          OffsetDateTime.parse(value)
              .toInstant()
              .compareTo(OffsetDateTime.parse(literal).toInstant()));
    } catch (DateTimeParseException impossible) {
      throw new IllegalStateException("A dateTime was stored unchecked", impossible);
    }
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
