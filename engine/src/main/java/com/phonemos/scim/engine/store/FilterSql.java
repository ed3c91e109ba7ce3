package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.store.AttributeSql.Source;
import java.util.Optional;
import java.util.UUID;

/**
 * Compiles a checked filter to a condition on {@code r}, the row of a resource, that finds what
 * {@link com.phonemos.scim.engine.scim.filter.FilterMatcher} finds. A condition is true or false,
 * never NULL, so that {@code NOT} is exact.
 */
final class FilterSql {
  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final AttributeSql attributes;
  private final SqlParameters parameters;
  private final String tenant;
  private final ValueSql values;
  private int aliases;

  /**
   * For the rows of one resource type.
   *
   * @param tenant the parameter that holds it
   */
  FilterSql(
      SchemaRegistry schemas,
      ResourceType type,
      AttributeSql attributes,
      SqlParameters parameters,
      String tenant) {
    this.schemas = schemas;
    this.type = type;
    this.attributes = attributes;
    this.parameters = parameters;
    this.tenant = tenant;
    this.values = new ValueSql(parameters);
  }

  /** What a path leads to: an attribute, where it is found, and the sub-attribute it names. */
  private record Place(Source source, Attribute attribute, Optional<Attribute> sub) {}

  /** A condition on one JSON value. */
  private interface Leaf {
    String condition(String json, Attribute attribute);
  }

  String compile(Filter filter) {
    return switch (filter) {
      case Filter.And and -> "(" + compile(and.left()) + " AND " + compile(and.right()) + ")";
      case Filter.Or or -> "(" + compile(or.left()) + " OR " + compile(or.right()) + ")";
      case Filter.Not not -> "NOT (" + compile(not.filter()) + ")";
      case Filter.Present present -> present(place(present.path()));
      case Filter.Compare compare ->
          IndexedColumn.of(type, compare)
              .map(column -> indexed(column, compare))
              .orElseGet(() -> compare(place(compare.path()), compare));
      case Filter.ValuePath path -> valuePath(path);
    };
  }

  private String indexed(IndexedColumn column, Filter.Compare compare) {
    return switch (column) {
      case ID -> identity("r.id", compare);
      case NAME -> name(compare);
      case DISPLAY_NAME ->
          equal("scim_fold(r.resource->>'displayName')", Folding.fold(textOf(compare)));
      case EXTERNAL_ID -> equal("r.external_id", textOf(compare));
      case ACTIVE -> Boolean.parseBoolean(textOf(compare)) ? "r.active" : "NOT r.active";
      case EMAIL -> "r.email_keys @> ARRAY[" + values.text(Folding.fold(textOf(compare))) + "]";
      case CREATED -> dateTime("r.created", compare);
      case MODIFIED -> dateTime("r.modified", compare);
      case MEMBERS ->
          "r.id IN (SELECT m.group_id FROM group_member m WHERE m.tenant_id = "
              + tenant
              + " AND "
              + identity("m.member_id", compare)
              + ")";
      case GROUPS ->
          "r.id IN (SELECT m.member_id FROM group_member m WHERE m.tenant_id = "
              + tenant
              + " AND "
              + identity("m.group_id", compare)
              + ")";
    };
  }

  /** Never NULL, and still served by the index: coalesce would hide the column from it. */
  private String equal(String column, String value) {
    return "(" + column + " = " + values.text(value) + " AND " + column + " IS NOT NULL)";
  }

  /** Identifiers are {@code caseExact} and written in one way. */
  private String identity(String column, Filter.Compare compare) {
    String text = textOf(compare);
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? column + " = " + parameters.add(id) + "::uuid" : "FALSE";
    } catch (IllegalArgumentException notAnId) {
      return "FALSE";
    }
  }

  private String name(Filter.Compare compare) {
    String column = type == ResourceType.USER ? "r.user_name_key" : "r.display_name_key";
    return ValueSql.condition(
        column, compare.operator(), values.text(Folding.fold(textOf(compare))));
  }

  private String dateTime(String column, Filter.Compare compare) {
    return ValueSql.condition(column, compare.operator(), values.dateTime(textOf(compare)));
  }

  private String present(Place place) {
    if (place.sub().isPresent()) {
      return over(place, false, (json, attribute) -> ValueSql.present(json));
    }
    return switch (place.source()) {
      case Source.Json json -> ValueSql.present(json.expression());
      case Source.Rows rows -> "EXISTS (SELECT FROM " + rows.elements() + " AS e)";
    };
  }

  /** A multi-valued complex attribute stands for its value (RFC 7643 §2.4). */
  private String compare(Place place, Filter.Compare compare) {
    Place value =
        place.sub().isEmpty() && place.attribute().type() == Attribute.Type.COMPLEX
            ? new Place(place.source(), place.attribute(), place.attribute().subAttribute("value"))
            : place;
    return over(
        value,
        ValueSql.holdsForAbsent(compare),
        (json, attribute) -> values.compare(json, attribute, compare));
  }

  /** Whether a condition holds for any value at a place; where there is none, for an absent one. */
  private String over(Place place, boolean orAbsent, Leaf leaf) {
    if (place.attribute().multiValued()) {
      return anyOf(place.source(), orAbsent, element -> single(element, place, orAbsent, leaf));
    }
    return single((Source.Json) place.source(), place, orAbsent, leaf);
  }

  private String single(Source.Json value, Place place, boolean orAbsent, Leaf leaf) {
    if (place.sub().isEmpty()) {
      return leaf.condition(value.expression(), place.attribute());
    }
    Attribute sub = place.sub().get();
    Source.Json member = value.member(sub.name());
    return sub.multiValued()
        ? anyOf(member, orAbsent, element -> leaf.condition(element.expression(), sub))
        : leaf.condition(member.expression(), sub);
  }

  /** A condition on one element of a multi-valued attribute. */
  private interface Each {
    String condition(Source.Json element);
  }

  private String anyOf(Source source, boolean orAbsent, Each each) {
    String alias = "e" + aliases++;
    String elements = source.elements() + " AS " + alias + " (value)";
    return "EXISTS (SELECT FROM "
        + (orAbsent ? "(VALUES (0)) AS one LEFT JOIN " + elements + " ON TRUE" : elements)
        + " WHERE "
        + each.condition(new Source.Json(alias + ".value"))
        + ")";
  }

  private String valuePath(Filter.ValuePath path) {
    Place place = place(path.attribute());
    String condition =
        anyOf(place.source(), false, element -> within(path.filter(), element, place.attribute()));
    return IndexedColumn.within(type, path)
        .map(compare -> "(" + compile(compare) + " AND " + condition + ")")
        .orElse(condition);
  }

  private String within(Filter filter, Source.Json element, Attribute attribute) {
    return switch (filter) {
      case Filter.And and ->
          "("
              + within(and.left(), element, attribute)
              + " AND "
              + within(and.right(), element, attribute)
              + ")";
      case Filter.Or or ->
          "("
              + within(or.left(), element, attribute)
              + " OR "
              + within(or.right(), element, attribute)
              + ")";
      case Filter.Not not -> "NOT (" + within(not.filter(), element, attribute) + ")";
      case Filter.Present present ->
          ValueSql.present(element.member(present.path().name()).expression());
      case Filter.Compare compare -> compare(member(element, attribute, compare.path()), compare);
      case Filter.ValuePath nested ->
          throw new IllegalStateException("A value path is never inside another");
    };
  }

  private static Place member(Source.Json element, Attribute attribute, AttributePath path) {
    Attribute sub = attribute.subAttribute(path.name()).orElseThrow();
    return new Place(element.member(sub.name()), sub, Optional.empty());
  }

  private Place place(AttributePath path) {
    ResolvedPath resolved = schemas.resolve(type, path).orElseThrow();
    return new Place(
        attributes.of(path),
        resolved.parent(),
        path.subAttribute().map(name -> resolved.attribute()));
  }

  private static String textOf(Filter.Compare compare) {
    return compare.value() instanceof Literal.Text text ? text.value() : compare.value().toString();
  }
}
