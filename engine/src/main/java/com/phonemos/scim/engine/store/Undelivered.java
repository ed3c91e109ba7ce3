package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.ResourceKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * The answers to creates that were noticed not to arrive. Whoever asked asks again, and is answered
 * then as if it had arrived.
 */
public final class Undelivered {
  private static final String NOTE =
      """
      WITH forgotten AS (
        DELETE FROM undelivered WHERE tenant_id = $1 AND at < now() - interval '1 hour')
      INSERT INTO undelivered (tenant_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING
      """;

  private final Database database;

  public Undelivered(Database database) {
    this.database = database;
  }

  /** May come before the create is committed, and for one that never is. */
  public Future<Void> note(ResourceKey created) {
    return database
        .pool()
        .preparedQuery(NOTE)
        .execute(Tuple.of(created.tenant().value(), created.id()))
        .mapEmpty();
  }
}
