package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The journal in the order in which changes were committed, for those who follow a tenant. */
public final class ChangeFeed {
  // One snapshot: what the tenant has and what is kept of it fit together.
  private static final String PAGE =
      """
      SELECT tenant.revision AS latest, entry.*
      FROM tenant LEFT JOIN LATERAL (
        SELECT revision, at, operation, resource_type, resource_id,
          before::text AS before, after::text AS after
        FROM journal
        WHERE journal.tenant_id = tenant.id AND journal.revision > $2
        ORDER BY journal.revision
        LIMIT $3) AS entry ON true
      WHERE tenant.id = $1
      ORDER BY entry.revision
      """;

  private final ReadDatabase database;

  /**
   * One committed change.
   *
   * @param before the attributes that were changed, in JSON, as they were; absent: it was created
   * @param after as they are now; absent: it was deleted. {@code members} are those who joined,
   *     before a change those who left
   */
  public record Entry(
      long revision,
      Instant at,
      String operation,
      String resourceType,
      UUID resource,
      Optional<String> before,
      Optional<String> after) {
    /** As whoever follows reads it. */
    public String json() {
      String head =
          JsonNodeFactory.instance
              .objectNode()
              .put("revision", revision)
              .put("at", at.toString())
              .put("operation", operation)
              .put("resourceType", resourceType)
              .put("id", resource.toString())
              .toString();
      StringBuilder text = new StringBuilder(head).deleteCharAt(head.length() - 1);
      before.ifPresent(json -> text.append(",\"before\":").append(json));
      after.ifPresent(json -> text.append(",\"after\":").append(json));
      return text.append('}').toString();
    }
  }

  /**
   * What follows a revision.
   *
   * @param whole false when something in between is not kept any more, or the revision lies ahead
   *     of what this database has: whoever follows has to read everything anew
   * @param latest revision of the tenant
   */
  public record Page(List<Entry> entries, boolean whole, long latest) {}

  public ChangeFeed(ReadDatabase database) {
    this.database = database;
  }

  /** The changes after a revision, oldest first. */
  public Future<Page> after(TenantId tenant, long revision, int limit) {
    return database
        .lookUp(PAGE, Tuple.of(tenant.value(), revision, limit))
        .map(rows -> page(revision, rows));
  }

  private static Page page(long after, RowSet<Row> rows) {
    List<Entry> entries = new ArrayList<>(rows.size());
    long latest = 0;
    for (Row row : rows) {
      latest = row.getLong("latest");
      if (row.getLong("revision") != null) {
        entries.add(entry(row));
      }
    }
    long next = entries.isEmpty() ? latest + 1 : entries.getFirst().revision();
    return new Page(List.copyOf(entries), next == after + 1, latest);
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getLong("revision"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("operation"),
        row.getString("resource_type"),
        row.getUUID("resource_id"),
        Optional.ofNullable(row.getString("before")),
        Optional.ofNullable(row.getString("after")));
  }
}
