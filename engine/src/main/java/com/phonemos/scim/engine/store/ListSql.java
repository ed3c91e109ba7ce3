package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.search.Selection;
import com.phonemos.scim.engine.store.ListRequest.Start;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements of a list. Every page starts at a position, so that the last one costs what the
 * first one does; {@link #skip} turns a number into a position and reads no resource for it.
 */
final class ListSql {
  /** References that come with a listed resource; the others are read as they are sent. */
  static final int REFERENCES = 100;

  /** What is looked through at most to see whether a remembered position still holds. */
  private static final int JOURNAL_ENTRIES = 10_000;

  private final ListRequest request;
  private final SqlParameters parameters = new SqlParameters();
  private final String tenant;

  /** A statement and its values. */
  record Statement(String text, Tuple tuple) {}

  private ListSql(ListRequest request) {
    this.request = request;
    this.tenant = parameters.add(request.tenant().value());
  }

  /**
   * A page and one row more, which tells whether there are others, with the tenant's counts and
   * revision at that moment.
   *
   * @param since when the position to start at was remembered; then {@code moved} tells whether
   *     resources before it came or went, so that it is no longer at its number
   */
  static Statement page(ListRequest request, Optional<Long> since) {
    return new ListSql(request).page(since);
  }

  /** The position of the row with a number, from 1. */
  static Statement skip(ListRequest request, long number) {
    return new ListSql(request).skip(number);
  }

  /** How many match. */
  static Statement count(ListRequest request) {
    return new ListSql(request).count();
  }

  private Statement page(Optional<Long> since) {
    boolean backwards = request.start() instanceof Start.Before;
    String moved = since.map(this::moved).orElse("FALSE");
    String order = order(backwards);
    String rows =
        selectEach(
            ", r.tenant_id, r.revision, r.created, r.modified, r.resource::text AS attributes",
            true);
    String text =
        "SELECT r.type, r.id, r.key::text, r.revision, r.created, r.modified, r.attributes, f.refs,"
            + " f.last_reference, t.revision AS tenant_revision, t.user_count, t.group_count, "
            + moved
            + " AS moved FROM (SELECT * FROM ("
            + rows
            + ") r ORDER BY "
            + order
            + " LIMIT "
            + parameters.add(request.limit() + 1)
            + ") r CROSS JOIN (SELECT revision, user_count, group_count FROM tenant WHERE id = "
            + tenant
            + ") t"
            + references()
            + " ORDER BY "
            + order;
    return new Statement(text, parameters.tuple());
  }

  private Statement skip(long number) {
    String text =
        "SELECT r.id, r.key::text, (SELECT revision FROM tenant WHERE id = "
            + tenant
            + ") AS tenant_revision FROM ("
            + selectEach("", false)
            + ") r ORDER BY "
            + order(false)
            + " LIMIT 1 OFFSET "
            + parameters.add(number - 1);
    return new Statement(text, parameters.tuple());
  }

  private Statement count() {
    String text =
        "SELECT count(*) AS total, (SELECT revision FROM tenant WHERE id = "
            + tenant
            + ") AS tenant_revision FROM ("
            + selectEach("", false)
            + ") r";
    return new Statement(text, parameters.tuple());
  }

  private String selectEach(String columns, boolean fromStart) {
    return request.selections().stream()
        .map(selection -> select(selection, columns, fromStart))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String select(Selection selection, String columns, boolean fromStart) {
    AttributeSql attributes =
        new AttributeSql(request.schemas(), selection.type(), parameters, request.base());
    Optional<SortSql> sort = sort(selection, attributes);
    StringBuilder text = new StringBuilder("(SELECT '").append(selection.type().name());
    text.append("' AS type, r.id, ").append(sort.map(SortSql::column).orElse("NULL"));
    text.append(" AS key").append(columns).append(" FROM ").append(table(selection.type()));
    text.append(" r WHERE r.tenant_id = ").append(tenant);
    selection
        .filter()
        .map(
            new FilterSql(request.schemas(), selection.type(), attributes, parameters, tenant)
                ::compile)
        .ifPresent(condition -> text.append(" AND ").append(condition));
    if (fromStart) {
      start(sort).ifPresent(condition -> text.append(" AND ").append(condition));
    }
    // Or the planner, which knows no value, might walk all rows in order to find these few.
    return text.append(request.isLookup() ? " OFFSET 0)" : ")").toString();
  }

  private Optional<SortSql> sort(Selection selection, AttributeSql attributes) {
    Optional<ResolvedPath> any =
        request.selections().stream().flatMap(each -> each.sortBy().stream()).findFirst();
    return any.map(other ->
        selection
            .sortBy()
            .map(sortBy -> SortSql.of(selection.type(), sortBy, attributes))
            .orElseGet(() -> SortSql.absent(other)));
  }

  private Optional<String> start(Optional<SortSql> sort) {
    return switch (request.start()) {
      case Start.Index index -> Optional.empty();
      case Start.After after -> Optional.of(beyond(sort, after.position(), !request.descending()));
      case Start.Before before ->
          Optional.of(beyond(sort, before.position(), request.descending()));
    };
  }

  private String beyond(Optional<SortSql> sort, Position position, boolean forwards) {
    return sort.map(by -> by.after(position, forwards, parameters))
        .orElseGet(
            () -> "r.id" + (forwards ? " > " : " < ") + parameters.add(position.id()) + "::uuid");
  }

  /** Without a key last when ascending, first when descending: PostgreSQL's own rule as well. */
  private String order(boolean backwards) {
    String direction = request.descending() == backwards ? " ASC" : " DESC";
    boolean sorted = request.selections().stream().anyMatch(Selection::isSorted);
    return (sorted ? "r.key" + direction + ", " : "") + "r.id" + direction;
  }

  private String moved(long revision) {
    String since = parameters.add(revision) + "::bigint";
    if (!request.isWhole() || !(request.start() instanceof Start.After after)) {
      return "t.revision <> " + since;
    }
    // Where the order is that of creation, only what came or went before the position counts.
    return "(t.revision > "
        + since
        + " + "
        + JOURNAL_ENTRIES
        + " OR EXISTS (SELECT FROM journal j WHERE j.tenant_id = "
        + tenant
        + " AND j.revision > "
        + since
        + " AND j.operation IN ('create', 'delete') AND j.resource_id <= "
        + parameters.add(after.position().id())
        + "))";
  }

  private String references() {
    String each =
        request.selections().stream()
            .map(Selection::type)
            .filter(request.withReferences()::contains)
            .map(type ->
                "SELECT f.id, f.element FROM "
                    + ReferenceSql.of(type, parameters.add(request.base()))
                    + " f WHERE r.type = '"
                    + type.name()
                    + "'")
            .collect(Collectors.joining(" UNION ALL "));
    return each.isEmpty()
        ? " CROSS JOIN (SELECT '' AS refs, NULL::uuid AS last_reference) f"
        : " CROSS JOIN LATERAL " + ReferenceSql.joined(each, REFERENCES) + " f";
  }

  static String table(ResourceType type) {
    return switch (type) {
      case USER -> "scim_user";
      case GROUP -> "scim_group";
    };
  }
}
