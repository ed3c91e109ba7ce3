package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was committed for a tenant, without the values: who changed which attributes, and when. */
public final class Journal {
  private static final String LIST =
      """
      SELECT revision, at, actor, request_id, operation, resource_type, resource_id,
             ARRAY(
               SELECT name
               FROM jsonb_object_keys(coalesce(before, '{}') || coalesce(after, '{}')) AS name
               ORDER BY name) AS attributes
      FROM journal
      WHERE tenant_id = $1 AND revision < $2 AND ($3::uuid IS NULL OR resource_id = $3)
      ORDER BY revision DESC
      LIMIT $4
      """;

  private final Database database;

  /**
   * One committed mutation.
   *
   * @param actor the token that asked for it; nil where an operator did
   * @param attributes the names of those that changed
   */
  public record Entry(
      long revision,
      Instant at,
      UUID actor,
      String requestId,
      String operation,
      String resourceType,
      UUID resource,
      List<String> attributes) {}

  public Journal(Database database) {
    this.database = database;
  }

  /**
   * Newest first.
   *
   * @param resource only of this one; empty: of all
   * @param before only revisions below this one
   */
  public Future<List<Entry>> list(
      TenantId tenant, Optional<UUID> resource, long before, int limit) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(Tuple.of(tenant.value(), before, resource.orElse(null), limit))
        .map(rows -> {
          List<Entry> entries = new ArrayList<>(rows.size());
          rows.forEach(row -> entries.add(entry(row)));
          return List.copyOf(entries);
        });
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getLong("revision"),
        row.getOffsetDateTime("at").toInstant(),
        row.getUUID("actor"),
        row.getString("request_id"),
        row.getString("operation"),
        row.getString("resource_type"),
        row.getUUID("resource_id"),
        List.of(row.getArrayOfStrings("attributes")));
  }
}
