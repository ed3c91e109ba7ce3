package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.search.Selection;
import java.util.List;
import java.util.Set;

/**
 * Which page of which resources.
 *
 * @param schemas of the tenant
 * @param selections one per resource type; their resources are listed in one order
 * @param limit resources at most; 0 asks for the total alone
 * @param base absolute URL of the endpoint: what locations and references start with
 * @param withReferences the types whose members or groups are wanted
 */
public record ListRequest(
    TenantId tenant,
    SchemaRegistry schemas,
    List<Selection> selections,
    boolean descending,
    Start start,
    int limit,
    String base,
    Set<ResourceType> withReferences) {

  /** Where a page starts. */
  public sealed interface Start {
    /** At a number, from 1. */
    record Index(long number) implements Start {}

    /** Right after a position. */
    record After(Position position) implements Start {}

    /** So that it ends right before a position. */
    record Before(Position position) implements Start {}
  }

  /** Whether every resource is listed, in the order of creation. */
  boolean isWhole() {
    return selections.stream()
        .allMatch(selection -> selection.filter().isEmpty() && !selection.isSorted());
  }

  boolean isFiltered() {
    return selections.stream().anyMatch(selection -> selection.filter().isPresent());
  }

  /** Whether an index leads to the few rows that may match. */
  boolean isLookup() {
    return selections.stream()
        .allMatch(selection ->
            selection
                .filter()
                .filter(filter -> IndexedColumn.leadsTo(selection.type(), filter))
                .isPresent());
  }

  ListRequest from(Start other) {
    return new ListRequest(
        tenant, schemas, selections, descending, other, limit, base, withReferences);
  }
}
