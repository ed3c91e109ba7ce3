package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads for answers, straight from PostgreSQL: an answer came after its commit. */
public final class ResourceQuery {
  private static final String COUNT_ALL =
      """
      SELECT user_count, group_count FROM tenant WHERE id = $1\
      """;

  private final Database database;

  public ResourceQuery(Database database) {
    this.database = database;
  }

  /**
   * A page of resources.
   *
   * @param total all that match, not only these
   */
  public record Page(long total, List<StoredResource> resources) {}

  /**
   * Which page of which resources.
   *
   * @param schemas that the filter was checked by
   * @param offset resources to skip, from 0
   * @param limit resources at most; 0 asks for the total alone
   * @param referenceBase what {@code $ref} of members and groups starts with; empty leaves members
   *     and groups out
   */
  public record Request(
      TenantId tenant,
      SchemaRegistry schemas,
      ResourceType type,
      Optional<Filter> filter,
      long offset,
      int limit,
      Optional<String> referenceBase) {}

  /**
   * Finds one resource.
   *
   * @param referenceBase what {@code $ref} of its members or groups starts with; empty leaves them
   *     out
   */
  public Future<Optional<StoredResource>> find(ResourceKey key, Optional<String> referenceBase) {
    String text = select(key.type(), referenceBase.isPresent(), 3) + " AND r.id = $2";
    Tuple values = Tuple.of(key.tenant().value(), key.id());
    referenceBase.ifPresent(values::addString);
    return database
        .pool()
        .preparedQuery(text)
        .execute(values)
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(resource(rows)));
  }

  /** The members of a group or the groups of a user, as in {@link StoredResource#references}. */
  public Future<String> references(ResourceKey key, String referenceBase) {
    String text =
        "SELECT "
            + references(key.type(), 3)
            + " AS refs FROM (SELECT $1::uuid AS tenant_id, $2::uuid AS id) r";
    return database
        .pool()
        .preparedQuery(text)
        .execute(Tuple.of(key.tenant().value(), key.id(), referenceBase))
        .map(rows -> rows.iterator().next().getString("refs"));
  }

  /** Lists in the order of creation, which does not change between pages. */
  public Future<Page> list(Request request) {
    FilterSql where = new FilterSql(request.schemas(), request.type());
    int tenant = where.bind(request.tenant().value());
    String condition = request.filter().map(where::compile).orElse("TRUE");
    if (request.limit() == 0) {
      return count(request, condition, where).map(total -> new Page(total, List.of()));
    }
    int filterValues = where.values().size();
    String text =
        select(request.type(), request.referenceBase().isPresent(), filterValues + 3)
            + " AND "
            + condition
            + " ORDER BY r.id LIMIT $"
            + (filterValues + 1)
            + " OFFSET $"
            + (filterValues + 2);
    Tuple values = Tuple.from(where.values()).addInteger(request.limit()).addLong(request.offset());
    request.referenceBase().ifPresent(values::addString);
    assert tenant == 1;
    return database
        .pool()
        .preparedQuery(text)
        .execute(values)
        .compose(rows -> {
          List<StoredResource> page = new ArrayList<>(rows.size());
          rows.forEach(row -> page.add(resource(row)));
          boolean isLast = page.size() < request.limit();
          boolean totalIsKnown = isLast && (request.offset() == 0 || !page.isEmpty());
          return totalIsKnown
              ? Future.succeededFuture(new Page(request.offset() + page.size(), page))
              : count(request, condition, where).map(total -> new Page(total, page));
        });
  }

  private Future<Long> count(Request request, String condition, FilterSql where) {
    if (request.filter().isEmpty()) {
      return database
          .pool()
          .preparedQuery(COUNT_ALL)
          .execute(Tuple.of(request.tenant().value()))
          .map(rows -> total(request.type(), rows));
    }
    return database
        .pool()
        .preparedQuery(
            "SELECT count(*) FROM "
                + table(request.type())
                + " r WHERE r.tenant_id = $1 AND "
                + condition)
        .execute(Tuple.from(where.values()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static long total(ResourceType type, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return 0;
    }
    Row row = rows.iterator().next();
    return switch (type) {
      case USER -> row.getLong("user_count");
      case GROUP -> row.getLong("group_count");
    };
  }

  private static String table(ResourceType type) {
    return switch (type) {
      case USER -> "scim_user";
      case GROUP -> "scim_group";
    };
  }

  private static String select(ResourceType type, boolean withReferences, int baseParameter) {
    String references = withReferences ? references(type, baseParameter) : "''";
    return "SELECT r.id, r.resource::text AS attributes, "
        + references
        + " AS refs, r.revision, r.created, r.modified FROM "
        + table(type)
        + " r WHERE r.tenant_id = $1";
  }

  /** Built by PostgreSQL, because a group may have a hundred thousand members. */
  private static String references(ResourceType type, int baseParameter) {
    return switch (type) {
      case USER ->
          """
          (SELECT coalesce(string_agg('{"value":"' || g.id || '","display":' \
          || (g.resource->'displayName')::text || ',"type":"direct","$ref":"' || $%d::text \
          || '/Groups/' || g.id || '"}', ',' ORDER BY g.id), '') \
          FROM group_member m JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.group_id) \
          WHERE m.tenant_id = r.tenant_id AND m.member_id = r.id)\
          """
              .formatted(baseParameter);
      case GROUP ->
          """
          (SELECT coalesce(string_agg('{"value":"' || m.member_id || '","type":"' || m.type \
          || '","$ref":"' || $%d::text || '/Users/' || m.member_id || '"}', ',' \
          ORDER BY m.member_id), '') \
          FROM group_member m WHERE m.tenant_id = r.tenant_id AND m.group_id = r.id)\
          """
              .formatted(baseParameter);
    };
  }

  private static StoredResource resource(RowSet<Row> rows) {
    return resource(rows.iterator().next());
  }

  private static StoredResource resource(Row row) {
    UUID id = row.getUUID("id");
    return new StoredResource(
        id,
        row.getString("attributes"),
        row.getString("refs"),
        new Version(row.getLong("revision")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("modified").toInstant());
  }
}
