package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is due, as it would be claimed; nothing is. */
public final class OutboxPreview {
  private static final String WAITING =
      """
      SELECT kind, id, group_id, priority, cause, generation, attempts + 1 AS attempts,
        (extract(epoch FROM now() - marked_at) * 1000)::bigint AS age_ms,
        CASE WHEN due_at = 'infinity' THEN coalesce(reason, '') END AS given_up
      FROM due
      WHERE tenant_id = $1 AND kind = $2 AND (id, group_id) > ($3, $4)
      ORDER BY id, group_id
      LIMIT $5
      """;

  private final Pool pool;

  public OutboxPreview(Database database) {
    this.pool = database.pool();
  }

  /**
   * Something that is due, as it would be claimed.
   *
   * @param givenUp why it waits for a person; absent: it waits for its turn only
   */
  public record Waiting(Claim claim, Optional<String> givenUp) {}

  /**
   * What is due of a tenant, without claiming it.
   *
   * @param after the last one of the page before
   */
  public Future<List<Waiting>> waiting(
      TenantId tenant, DueKind kind, Optional<Claim> after, int limit) {
    return pool.preparedQuery(WAITING)
        .execute(
            Tuple.of(
                tenant.value(),
                kind.name(),
                after.map(Claim::id).orElse(Claim.NO_GROUP),
                after.map(Claim::groupId).orElse(Claim.NO_GROUP),
                limit))
        .map(rows -> {
          List<Waiting> waiting = new ArrayList<>(rows.size());
          rows.forEach(row ->
              waiting.add(
                  new Waiting(
                      Outbox.claim(tenant, row), Optional.ofNullable(row.getString("given_up")))));
          return waiting;
        });
  }
}
