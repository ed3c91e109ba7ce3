package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Compiles a checked filter to a condition on {@code r}, the row of a resource. Values become
 * parameters, never text. A condition is true or false, never NULL, so that {@code NOT} is exact.
 */
final class FilterSql {
  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final List<Object> values = new ArrayList<>();
  private int elements;

  FilterSql(SchemaRegistry schemas, ResourceType type) {
    this.schemas = schemas;
    this.type = type;
  }

  /** Adds a parameter and returns its number. */
  int bind(Object value) {
    values.add(value);
    return values.size();
  }

  List<Object> values() {
    return values;
  }

  String compile(Filter filter) {
    return switch (filter) {
      case Filter.And and -> "(" + compile(and.left()) + " AND " + compile(and.right()) + ")";
      case Filter.Or or -> "(" + compile(or.left()) + " OR " + compile(or.right()) + ")";
      case Filter.Not not -> "NOT " + compile(not.filter());
      case Filter.Present present -> present(present.path());
      case Filter.Compare compare ->
          IndexedColumn.of(type, compare)
              .map(column -> indexed(column, compare))
              .orElseGet(() -> compare(compare));
      case Filter.ValuePath path -> valuePath(path);
    };
  }

  /** Conditions that an index or a column of its own serves. */
  private String indexed(IndexedColumn column, Filter.Compare compare) {
    return switch (column) {
      case ID -> identity("r.id", compare);
      case NAME ->
          "r."
              + (type == ResourceType.USER ? "user_name_key" : "display_name_key")
              + " = "
              + text(Folding.fold(textOf(compare)));
      case EXTERNAL_ID -> "coalesce(r.external_id = " + text(textOf(compare)) + ", FALSE)";
      case ACTIVE -> "r.active = " + booleanOf(compare);
      case EMAIL -> "r.email_keys @> ARRAY[" + text(Folding.fold(textOf(compare))) + "]";
      case CREATED -> dateTime("r.created", compare);
      case MODIFIED -> dateTime("r.modified", compare);
      case MEMBERSHIP -> {
        String own = type == ResourceType.GROUP ? "group_id" : "member_id";
        String other = type == ResourceType.GROUP ? "member_id" : "group_id";
        yield "EXISTS (SELECT FROM group_member m WHERE m.tenant_id = r.tenant_id AND m."
            + own
            + " = r.id AND "
            + identity("m." + other, compare)
            + ")";
      }
    };
  }

  private String identity(String column, Filter.Compare compare) {
    try {
      return column + " = $" + bind(UUID.fromString(textOf(compare))) + "::uuid";
    } catch (IllegalArgumentException notAnId) {
      return "FALSE";
    }
  }

  private String dateTime(String column, Filter.Compare compare) {
    return column
        + " "
        + symbol(compare.operator())
        + " $"
        + bind(OffsetDateTime.parse(textOf(compare)))
        + "::timestamptz";
  }

  private String compare(Filter.Compare compare) {
    return over(
        compare.path(),
        (leaf, attribute) -> comparison(leaf, attribute, compare.operator(), compare.value()));
  }

  private String present(AttributePath path) {
    if (path.schema().isEmpty() && path.name().equals("id")) {
      return "TRUE";
    }
    if (path.schema().isEmpty()
        && (path.name().equals("members") || path.name().equals("groups"))) {
      String own = type == ResourceType.GROUP ? "group_id" : "member_id";
      return "EXISTS (SELECT FROM group_member m WHERE m.tenant_id = r.tenant_id AND m."
          + own
          + " = r.id)";
    }
    return over(
        path,
        (leaf, attribute) -> "coalesce(" + leaf + " NOT IN ('null', '\"\"', '[]', '{}'), FALSE)");
  }

  /**
   * Applies a condition to the value at a path, or to any element where the path is multi-valued.
   */
  private String over(AttributePath path, Leaf leaf) {
    Attribute attribute = top(path);
    String node = "r.resource" + path.schema().map(this::member).orElse("") + member(path.name());
    Optional<Attribute> sub = subAttribute(attribute, path);
    if (path.toString().equals("meta.resourceType")) {
      // Known from the table, and therefore not stored.
      return leaf.condition("to_jsonb('" + type.title() + "'::text)", sub.orElse(attribute));
    }
    if (!attribute.multiValued()) {
      return leaf.condition(
          node + sub.map(one -> member(one.name())).orElse(""), sub.orElse(attribute));
    }
    String element = "e" + elements++;
    String each = element + sub.map(one -> member(one.name())).orElse("");
    return any(node, element, leaf.condition(each, sub.orElse(attribute)));
  }

  private String valuePath(Filter.ValuePath path) {
    Attribute attribute = top(path.attribute());
    String node =
        "r.resource"
            + path.attribute().schema().map(this::member).orElse("")
            + member(path.attribute().name());
    String element = "e" + elements++;
    return any(node, element, inElement(element, attribute, path.filter()));
  }

  private String inElement(String element, Attribute attribute, Filter filter) {
    return switch (filter) {
      case Filter.And and ->
          "("
              + inElement(element, attribute, and.left())
              + " AND "
              + inElement(element, attribute, and.right())
              + ")";
      case Filter.Or or ->
          "("
              + inElement(element, attribute, or.left())
              + " OR "
              + inElement(element, attribute, or.right())
              + ")";
      case Filter.Not not -> "NOT " + inElement(element, attribute, not.filter());
      case Filter.Present present ->
          "coalesce("
              + element
              + member(present.path().name())
              + " NOT IN ('null', '\"\"', '[]', '{}'), FALSE)";
      case Filter.Compare compare -> {
        Attribute sub = attribute.subAttribute(compare.path().name()).orElseThrow();
        yield comparison(element + member(sub.name()), sub, compare.operator(), compare.value());
      }
      case Filter.ValuePath nested ->
          throw new IllegalStateException("A value path is never inside another");
    };
  }

  private static String any(String array, String element, String condition) {
    return "EXISTS (SELECT FROM jsonb_array_elements("
        + array
        + ") AS "
        + element
        + "("
        + element
        + ") WHERE "
        + condition.replace(element + "->", element + "." + element + "->")
        + ")";
  }

  private String comparison(
      String node, Attribute attribute, CompareOperator operator, Literal literal) {
    String condition =
        switch (literal) {
          case Literal.Null none -> "(" + node + " = 'null') IS NOT FALSE";
          case Literal.Bool bool ->
              "(" + node + ")::boolean " + symbol(operator) + " " + bool.value();
          case Literal.Numeric number ->
              "("
                  + node
                  + ")::numeric "
                  + symbol(operator)
                  + " $"
                  + bind(number.value())
                  + "::numeric";
          case Literal.Text text -> textual(node, attribute, operator, text.value());
        };
    return literal instanceof Literal.Null && operator == CompareOperator.NE
        ? "NOT " + condition
        : "coalesce(" + condition + ", " + (operator == CompareOperator.NE) + ")";
  }

  private String textual(String node, Attribute attribute, CompareOperator operator, String value) {
    String text = "(" + node + " #>> '{}')";
    if (attribute.type() == Attribute.Type.DATE_TIME) {
      return text + "::timestamptz " + symbol(operator) + " " + text(value) + "::timestamptz";
    }
    String left = attribute.caseExact() ? text : "scim_fold(" + text + ")";
    String right = text(attribute.caseExact() ? value : Folding.fold(value));
    return switch (operator) {
      case CO -> "strpos(" + left + ", " + right + ") > 0";
      case SW -> "starts_with(" + left + ", " + right + ")";
      case EW -> "right(" + left + ", length(" + right + ")) = " + right;
      case EQ, NE, GT, GE, LT, LE -> left + " COLLATE \"C\" " + symbol(operator) + " " + right;
    };
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

  private Attribute top(AttributePath path) {
    AttributePath top = new AttributePath(path.schema(), path.name(), Optional.empty());
    return schemas.find(type, top).orElseThrow();
  }

  /** A multi-valued complex attribute without a sub-attribute means its value (RFC 7643 §2.4). */
  private static Optional<Attribute> subAttribute(Attribute attribute, AttributePath path) {
    if (path.subAttribute().isPresent()) {
      return attribute.subAttribute(path.subAttribute().get());
    }
    return attribute.type() == Attribute.Type.COMPLEX && attribute.multiValued()
        ? attribute.subAttribute("value")
        : Optional.empty();
  }

  private String member(String name) {
    return "->'" + name.replace("'", "''") + "'";
  }

  private String text(String value) {
    return "$" + bind(value) + "::text";
  }

  private static String textOf(Filter.Compare compare) {
    return compare.value() instanceof Literal.Text text ? text.value() : compare.value().toString();
  }

  private static boolean booleanOf(Filter.Compare compare) {
    return Boolean.parseBoolean(textOf(compare));
  }

  /** A condition on the JSON value at a place. */
  private interface Leaf {
    String condition(String node, Attribute attribute);
  }
}
