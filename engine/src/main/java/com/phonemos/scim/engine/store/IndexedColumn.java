package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.Optional;

/** The comparisons that a column of its own serves, most of them by an index. */
enum IndexedColumn {
  ID,
  NAME,
  DISPLAY_NAME,
  EXTERNAL_ID,
  ACTIVE,
  EMAIL,
  CREATED,
  MODIFIED,
  MEMBERS,
  GROUPS;

  static Optional<IndexedColumn> of(ResourceType type, Filter.Compare compare) {
    if (compare.path().schema().isPresent() || compare.value() instanceof Literal.Null) {
      return Optional.empty();
    }
    boolean user = type == ResourceType.USER;
    boolean equal = compare.operator() == CompareOperator.EQ;
    return switch (compare.path().toString()) {
      case "meta.created" -> Optional.of(CREATED);
      case "meta.lastModified" -> Optional.of(MODIFIED);
      case "id" -> when(equal, ID);
      case "externalId" -> when(equal, EXTERNAL_ID);
      case "userName" -> when(user, NAME);
      case "displayName" -> user ? when(equal, DISPLAY_NAME) : Optional.of(NAME);
      case "active" -> when(equal && user, ACTIVE);
      case "emails", "emails.value" -> when(equal && user, EMAIL);
      case "members", "members.value" -> when(equal && !user, MEMBERS);
      case "groups", "groups.value" -> when(equal && user, GROUPS);
      default -> Optional.empty();
    };
  }

  /**
   * The column that serves a comparison within brackets, {@code emails[value eq "x"]}: it finds at
   * least the resources that have such an element.
   */
  static Optional<Filter.Compare> within(ResourceType type, Filter.ValuePath path) {
    return value(path.filter())
        .map(inner ->
            new Filter.Compare(
                new AttributePath(
                    path.attribute().schema(), path.attribute().name(), Optional.of("value")),
                inner.operator(),
                inner.value()))
        .filter(outer -> of(type, outer).isPresent());
  }

  /** A comparison of {@code value} that every match satisfies. */
  private static Optional<Filter.Compare> value(Filter filter) {
    return switch (filter) {
      case Filter.Compare compare ->
          Optional.of(compare).filter(of -> of.path().name().equals("value"));
      case Filter.And and -> value(and.left()).or(() -> value(and.right()));
      case Filter.Or or -> Optional.empty();
      case Filter.Not not -> Optional.empty();
      case Filter.Present present -> Optional.empty();
      case Filter.ValuePath nested -> Optional.empty();
    };
  }

  /** Whether an index leads to the few rows that may match, however many rows there are. */
  static boolean leadsTo(ResourceType type, Filter filter) {
    return switch (filter) {
      case Filter.And and -> leadsTo(type, and.left()) || leadsTo(type, and.right());
      case Filter.Or or -> leadsTo(type, or.left()) && leadsTo(type, or.right());
      // Every resource has an id: nothing matches.
      case Filter.Not not -> not.filter().equals(new Filter.Present(AttributePath.of("id")));
      case Filter.Present present -> false;
      case Filter.ValuePath path ->
          within(type, path).filter(compare -> leadsTo(type, compare)).isPresent();
      case Filter.Compare compare ->
          compare.operator() == CompareOperator.EQ
              && of(type, compare).filter(IndexedColumn::isSelective).isPresent();
    };
  }

  private boolean isSelective() {
    return switch (this) {
      case ID, NAME, DISPLAY_NAME, EXTERNAL_ID, EMAIL, MEMBERS -> true;
      case ACTIVE, CREATED, MODIFIED, GROUPS -> false;
    };
  }

  private static Optional<IndexedColumn> when(boolean served, IndexedColumn column) {
    return served ? Optional.of(column) : Optional.empty();
  }
}
