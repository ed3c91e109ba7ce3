package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.resource.DateTime;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.Attribute;
import java.time.ZoneOffset;

/**
 * Conditions on one JSON value. They are true or false, never NULL, so that {@code NOT} is exact. A
 * value of another type than its attribute's, which a changed schema may leave behind, counts as
 * absent.
 */
final class ValueSql {
  private final SqlParameters parameters;

  ValueSql(SqlParameters parameters) {
    this.parameters = parameters;
  }

  /** Neither null nor empty (RFC 7644 §3.4.2.2, {@code pr}). */
  static String present(String json) {
    return "coalesce(" + json + " NOT IN ('null', '\"\"', '[]', '{}'), FALSE)";
  }

  /** Whether a comparison holds where there is no value, which differs from every value. */
  static boolean holdsForAbsent(Filter.Compare compare) {
    boolean negative = compare.operator() == CompareOperator.NE;
    return negative != compare.value() instanceof Literal.Null;
  }

  /** Compares a value of an attribute, a JSON expression. */
  String compare(String json, Attribute attribute, Filter.Compare compare) {
    CompareOperator operator = compare.operator();
    if (compare.value() instanceof Literal.Null) {
      return "coalesce(" + json + ", 'null') " + symbol(operator) + " 'null'";
    }
    String condition =
        condition(comparable(json, attribute), operator, operand(attribute, compare.value()));
    return "coalesce(" + condition + ", " + holdsForAbsent(compare) + ")";
  }

  /** Texts are in the order of their code points; both are folded, or none is. */
  static String condition(String left, CompareOperator operator, String right) {
    return switch (operator) {
      case CO -> "strpos(" + left + ", " + right + ") > 0";
      case SW -> "starts_with(" + left + ", " + right + ")";
      case EW -> "right(" + left + ", length(" + right + ")) = " + right;
      case EQ, NE, GT, GE, LT, LE -> left + " " + symbol(operator) + " " + right;
    };
  }

  /** What a value is compared and sorted by; NULL where it is of another type. */
  static String comparable(String json, Attribute attribute) {
    return switch (attribute.type()) {
      case BOOLEAN -> ofType(json, "boolean", "(" + json + ")::boolean");
      case INTEGER, DECIMAL -> ofType(json, "number", "(" + json + ")::numeric");
      case DATE_TIME -> "scim_date_time(" + json + " #>> '{}')";
      case STRING, REFERENCE, BINARY, COMPLEX -> {
        String text = ofType(json, "string", json + " #>> '{}'");
        yield (attribute.caseExact() ? "(" : "scim_fold(") + text + ") COLLATE \"C\"";
      }
    };
  }

  private static String ofType(String json, String type, String value) {
    return "CASE jsonb_typeof(" + json + ") WHEN '" + type + "' THEN " + value + " END";
  }

  /** The other side of a comparison. */
  String operand(Attribute attribute, Literal literal) {
    return switch (literal) {
      case Literal.Bool bool -> Boolean.toString(bool.value());
      case Literal.Numeric number -> parameters.add(number.value()) + "::numeric";
      case Literal.Text text when attribute.type() == Attribute.Type.DATE_TIME ->
          dateTime(text.value());
      case Literal.Text text ->
          text(attribute.caseExact() ? text.value() : Folding.fold(text.value()));
      case Literal.Null none -> throw new IllegalStateException("Null is compared by itself");
    };
  }

  String text(String value) {
    return parameters.add(value) + "::text";
  }

  String dateTime(String text) {
    return parameters.add(DateTime.parse(text).orElseThrow().atOffset(ZoneOffset.UTC))
        + "::timestamptz";
  }

  private static String symbol(CompareOperator operator) {
    return switch (operator) {
      case EQ -> "=";
      case NE -> "<>";
      case GT -> ">";
      case GE -> ">=";
      case LT -> "<";
      case LE -> "<=";
      case CO, SW, EW -> throw new IllegalStateException(operator + " compares texts only");
    };
  }
}
