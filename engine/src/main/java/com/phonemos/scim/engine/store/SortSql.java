package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.AttributeSql.Source;
import java.util.Optional;

/**
 * What the rows of a resource type are sorted by (RFC 7644 §3.4.2.3): a multi-valued attribute by
 * its primary value, else its first; {@code NULL} where there is no value.
 *
 * @param key a SQL expression
 * @param sqlType of the expression
 * @param mayBeNull whether a row may have no value
 */
record SortSql(String key, String sqlType, boolean mayBeNull) {

  /** Of one resource type. */
  static SortSql of(ResourceType type, ResolvedPath sortBy, AttributeSql attributes) {
    return column(type, sortBy).orElseGet(() -> expression(sortBy, attributes));
  }

  /** For a resource type that lacks the attribute by which another is sorted. */
  static SortSql absent(ResolvedPath sortBy) {
    String sqlType = sqlType(leaf(sortBy));
    return new SortSql("NULL::" + sqlType, sqlType, true);
  }

  private static Optional<SortSql> column(ResourceType type, ResolvedPath sortBy) {
    boolean user = type == ResourceType.USER;
    return switch (sortBy.path().toString()) {
      case "userName" -> Optional.of(new SortSql("r.user_name_key", "text", false));
      case "displayName" ->
          user ? Optional.empty() : Optional.of(new SortSql("r.display_name_key", "text", false));
      case "externalId" -> Optional.of(new SortSql("r.external_id", "text", true));
      case "meta.created" -> Optional.of(new SortSql("r.created", "timestamptz", false));
      case "meta.lastModified" -> Optional.of(new SortSql("r.modified", "timestamptz", false));
      default -> Optional.empty();
    };
  }

  private static SortSql expression(ResolvedPath sortBy, AttributeSql attributes) {
    Attribute leaf = leaf(sortBy);
    Optional<Attribute> sub = leaf.equals(sortBy.parent()) ? Optional.empty() : Optional.of(leaf);
    Source source = attributes.of(sortBy.path());
    String key =
        switch (source) {
          case Source.Rows rows -> first(rows.elements() + " AS e (value)", "value", sub, leaf);
          case Source.Json json when sortBy.parent().multiValued() ->
              first(
                  json.elements() + " WITH ORDINALITY AS e (value, n)",
                  "coalesce(e.value->'primary' = 'true', FALSE) DESC, n",
                  sub,
                  leaf);
          case Source.Json json -> ValueSql.comparable(member(json, sub).expression(), leaf);
        };
    return new SortSql("(" + key + ")", sqlType(leaf), true);
  }

  private static String first(
      String elements, String order, Optional<Attribute> sub, Attribute leaf) {
    String value = member(new Source.Json("e.value"), sub).expression();
    return "SELECT "
        + ValueSql.comparable(value, leaf)
        + " FROM "
        + elements
        + " ORDER BY "
        + order
        + " LIMIT 1";
  }

  private static Source.Json member(Source.Json json, Optional<Attribute> sub) {
    return sub.map(attribute -> json.member(attribute.name())).orElse(json);
  }

  /** A multi-valued complex attribute stands for its value (RFC 7643 §2.4). */
  private static Attribute leaf(ResolvedPath sortBy) {
    Attribute attribute = sortBy.attribute();
    return attribute.type() == Attribute.Type.COMPLEX
        ? attribute.subAttribute("value").orElse(attribute)
        : attribute;
  }

  private static String sqlType(Attribute attribute) {
    return switch (attribute.type()) {
      case BOOLEAN -> "boolean";
      case INTEGER, DECIMAL -> "numeric";
      case DATE_TIME -> "timestamptz";
      case STRING, REFERENCE, BINARY, COMPLEX -> "text";
    };
  }

  /** In every branch of a union the key has one type and one collation. */
  String column() {
    return sqlType.equals("text") ? key + " COLLATE \"C\"" : key;
  }

  /**
   * The rows that come after a position when rows are read in one direction.
   *
   * @param forwards from the smallest key; a row without one is the last then (RFC 7644 §3.4.2.3)
   */
  String after(Position position, boolean forwards, SqlParameters parameters) {
    String id = parameters.add(position.id()) + "::uuid";
    String sign = forwards ? " > " : " < ";
    String nextById = "r.id" + sign + id;
    if (position.key().isEmpty()) {
      String samePlace = "(" + key + " IS NULL AND " + nextById + ")";
      return forwards ? samePlace : "(" + key + " IS NOT NULL OR " + samePlace + ")";
    }
    String value = parameters.add(position.key().get()) + "::text::" + sqlType;
    if (!mayBeNull) {
      return "(" + column() + ", r.id)" + sign + "(" + value + ", " + id + ")";
    }
    String beyond = column() + sign + value;
    String same = column() + " = " + value + " AND " + nextById;
    return "(coalesce("
        + beyond
        + " OR ("
        + same
        + "), FALSE)"
        + (forwards ? " OR " + key + " IS NULL)" : ")");
  }
}
