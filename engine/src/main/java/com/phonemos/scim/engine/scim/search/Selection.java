package com.phonemos.scim.engine.scim.search;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which resources of one type a query selects, and in which order, held against the schema.
 *
 * @param filter checked; absent: all resources
 * @param sortBy resolved; absent: the order of creation
 */
public record Selection(ResourceType type, Optional<Filter> filter, Optional<ResolvedPath> sortBy) {

  /**
   * One selection per resource type. Where there are several, an attribute that a type lacks has no
   * value there (RFC 7644 §3.4.2.1), but one of them must know it.
   *
   * @throws ScimException 400 invalidFilter or invalidValue, naming the attribute
   */
  public static List<Selection> of(
      SchemaRegistry schemas, List<ResourceType> types, SearchRequest request) {
    request.sortBy().ifPresent(path -> requireKnown(schemas, types, path));
    List<Selection> selections = new ArrayList<>();
    for (ResourceType type : types) {
      selections.add(
          new Selection(
              type,
              request.filter().map(filter -> FilterCheck.check(schemas, types, type, filter)),
              request.sortBy().flatMap(path -> sortable(schemas, type, path))));
    }
    return List.copyOf(selections);
  }

  /** Whether the order is another than that of creation. */
  public boolean isSorted() {
    return sortBy.isPresent();
  }

  private static void requireKnown(
      SchemaRegistry schemas, List<ResourceType> types, AttributePath path) {
    List<Attribute.Type> kinds =
        types.stream()
            .flatMap(type -> sortable(schemas, type, path).stream())
            .map(resolved -> comparable(resolved.attribute()).type())
            .distinct()
            .toList();
    if (kinds.size() != 1) {
      throw refuse(
          kinds.isEmpty()
              ? "but there is no such attribute"
              : "but it is of another kind in each resource type");
    }
  }

  private static Optional<ResolvedPath> sortable(
      SchemaRegistry schemas, ResourceType type, AttributePath path) {
    Optional<ResolvedPath> resolved = schemas.resolve(type, path);
    resolved.ifPresent(found -> {
      if (comparable(found.attribute()).type() == Attribute.Type.COMPLEX) {
        throw refuse("but it is complex: name one of its sub-attributes");
      }
      if (found.attribute().returned() == Attribute.Returned.NEVER
          || found.parent().returned() == Attribute.Returned.NEVER) {
        throw refuse("but it is never returned");
      }
    });
    return resolved;
  }

  /** A multi-valued complex attribute stands for its value (RFC 7643 §2.4). */
  private static Attribute comparable(Attribute attribute) {
    return attribute.multiValued() ? attribute.subAttribute("value").orElse(attribute) : attribute;
  }

  private static ScimException refuse(String fact) {
    return ScimException.badRequest(
        ScimType.INVALID_VALUE, "Expected sortBy to be an attribute to sort by, " + fact);
  }
}
