package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.Optional;

/** The comparisons that a column or an index of its own serves. */
enum IndexedColumn {
  ID,
  NAME,
  EXTERNAL_ID,
  ACTIVE,
  EMAIL,
  CREATED,
  MODIFIED,
  MEMBERSHIP;

  static Optional<IndexedColumn> of(ResourceType type, Filter.Compare compare) {
    if (compare.path().schema().isPresent() || compare.value() instanceof Literal.Null) {
      return Optional.empty();
    }
    boolean user = type == ResourceType.USER;
    boolean equal = compare.operator() == CompareOperator.EQ;
    String name =
        compare.path().name() + compare.path().subAttribute().map(sub -> "." + sub).orElse("");
    return switch (name) {
      case "meta.created" -> Optional.of(CREATED);
      case "meta.lastModified" -> Optional.of(MODIFIED);
      case "id" -> when(equal, ID);
      case "externalId" -> when(equal, EXTERNAL_ID);
      case "userName" -> when(equal && user, NAME);
      case "displayName" -> when(equal && !user, NAME);
      case "active" -> when(equal && user, ACTIVE);
      case "emails", "emails.value" -> when(equal && user, EMAIL);
      case "members", "members.value" -> when(equal && !user, MEMBERSHIP);
      case "groups", "groups.value" -> when(equal && user, MEMBERSHIP);
      default -> Optional.empty();
    };
  }

  private static Optional<IndexedColumn> when(boolean served, IndexedColumn column) {
    return served ? Optional.of(column) : Optional.empty();
  }
}
