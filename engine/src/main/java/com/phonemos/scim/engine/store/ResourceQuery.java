package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.Version;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Reads of one resource, straight from PostgreSQL: an answer came after its commit. */
public final class ResourceQuery {
  /** References that are read at once. */
  private static final int REFERENCES = 1_000;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final ReadDatabase database;

  public ResourceQuery(ReadDatabase database) {
    this.database = database;
  }

  /**
   * References of a resource.
   *
   * @param json a JSON array's text, without its brackets
   * @param last of them, where more may follow
   */
  public record References(String json, Optional<UUID> last) {}

  /**
   * Finds one resource.
   *
   * @param base what {@code $ref} of its members or groups starts with; empty leaves them out
   */
  public Future<Optional<StoredResource>> find(ResourceKey key, Optional<String> base) {
    SqlParameters parameters = new SqlParameters();
    String tenant = parameters.add(key.tenant().value());
    String id = parameters.add(key.id());
    String references =
        base.map(url -> references(key.type(), parameters.add(url), ""))
            .orElse("(SELECT '' AS refs, NULL::uuid AS last_reference)");
    String text =
        "SELECT '"
            + key.type().name()
            + "' AS type, r.id, r.resource::text AS attributes, f.refs, f.last_reference,"
            + " r.revision, r.created, r.modified FROM "
            + ListSql.table(key.type())
            + " r CROSS JOIN LATERAL "
            + references
            + " f WHERE r.tenant_id = "
            + tenant
            + " AND r.id = "
            + id;
    return database
        .lookUp(text, parameters.tuple())
        .map(rows ->
            rows.size() == 0 ? Optional.empty() : Optional.of(resource(rows.iterator().next())));
  }

  /** The first members of a group or groups of a user. */
  public Future<References> references(ResourceKey key, String base) {
    return references(key, base, BEFORE_ALL);
  }

  /**
   * Members of a group or groups of a user, in the order of their identifiers.
   *
   * @param after where an earlier read ended
   */
  public Future<References> references(ResourceKey key, String base, UUID after) {
    String text =
        "SELECT f.refs, f.last_reference FROM (SELECT $1::uuid AS tenant_id, $2::uuid AS id) r"
            + " CROSS JOIN LATERAL "
            + references(key.type(), "$3", "WHERE f.id > $4::uuid")
            + " f";
    return database
        .lookUp(text, Tuple.of(key.tenant().value(), key.id(), base, after))
        .map(rows -> references(rows.iterator().next()));
  }

  private static String references(ResourceType type, String base, String condition) {
    return ReferenceSql.joined(
        "SELECT f.id, f.element FROM " + ReferenceSql.of(type, base) + " f " + condition,
        REFERENCES);
  }

  private static References references(Row row) {
    return new References(
        row.getString("refs"), Optional.ofNullable(row.getUUID("last_reference")));
  }

  static StoredResource resource(Row row) {
    References references = references(row);
    return new StoredResource(
        ResourceType.valueOf(row.getString("type")),
        row.getUUID("id"),
        row.getString("attributes"),
        references.json(),
        references.last(),
        new Version(row.getLong("revision")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("modified").toInstant());
  }
}
