package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.BatchRows.LockedTenant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Runs a batch of commands as one transaction in two round trips: lock and load, pipelined; then
 * write and commit, pipelined.
 */
public final class BatchStore {
  /** In key order, so that two processes never wait for each other in a circle. */
  private static final String LOCK_FREE_TENANTS =
      """
      SELECT id, revision, policy::text AS policy, nested FROM tenant
      WHERE id = ANY($1) ORDER BY id FOR UPDATE SKIP LOCKED\
      """;

  private static final String LOCK_TENANT =
      """
      SELECT id, revision, policy::text AS policy, nested FROM tenant
      WHERE id = ANY($1) ORDER BY id FOR UPDATE\
      """;

  private static final String REQUEST =
      """
      SELECT request_id FROM journal WHERE tenant_id = $1 AND revision = $2\
      """;

  private final Database database;

  /**
   * @param database whose sessions look every row up by key, see {@link Database#BY_KEY_ONLY}
   */
  public BatchStore(Database database) {
    this.database = database;
  }

  /**
   * Locks, loads, decides, writes and commits.
   *
   * @param tenants whose commands are in the batch. One alone is waited for; of several, those that
   *     another process holds are left out of {@link BatchRows#tenants}
   * @param decide pure; called once, after the lock
   * @return succeeds after the commit; fails with nothing written, or, when the connection was lost
   *     during the commit, with the outcome unknown: then {@link #committed} tells
   */
  public Future<Void> transact(
      Collection<TenantId> tenants, BatchNeeds needs, Function<BatchRows, BatchWrites> decide) {
    return database.pool().withConnection(sql -> run(sql, tenants, needs, decide));
  }

  /**
   * Whether a transaction was committed whose connection was lost during the commit. It is certain:
   * the lost transaction has the lock of its tenants until it has ended, and that is waited for.
   */
  public Future<Boolean> committed(BatchWrites writes) {
    if (writes.isEmpty()) {
      return Future.succeededFuture(true);
    }
    BatchWrites.JournalEntry entry = writes.journal().getFirst();
    UUID tenant = entry.key().tenant().value();
    return database
        .pool()
        .withTransaction(sql ->
            sql.preparedQuery(LOCK_TENANT)
                .execute(Tuple.of((Object) new UUID[] {tenant}))
                .compose(locked ->
                    sql.preparedQuery(REQUEST).execute(Tuple.of(tenant, entry.revision())))
                .map(rows ->
                    rows.size() == 1
                        && rows.iterator().next().getString(0).equals(entry.requestId())));
  }

  private static Future<Void> run(
      SqlConnection sql,
      Collection<TenantId> tenants,
      BatchNeeds needs,
      Function<BatchRows, BatchWrites> decide) {
    Future<?> begun = sql.query("BEGIN").execute();
    Future<BatchRows> loaded = load(sql, tenants, needs);
    return Future.join(begun, loaded)
        .compose(ready -> write(sql, decide.apply(loaded.result())))
        .recover(cause ->
            // A connection that cannot even roll back is closed by its pool.
            sql.query("ROLLBACK").execute().transform(done -> Future.failedFuture(cause)));
  }

  private static Future<BatchRows> load(
      SqlConnection sql, Collection<TenantId> tenants, BatchNeeds needs) {
    Object[] ids = tenants.stream().map(TenantId::value).toArray(UUID[]::new);
    Future<RowSet<Row>> locked =
        sql.preparedQuery(ids.length == 1 ? LOCK_TENANT : LOCK_FREE_TENANTS)
            .execute(Tuple.of((Object) ids));
    BatchLoad load = new BatchLoad(sql);
    load.start(needs);
    return Future.join(locked, load.finished()).map(done -> load.rows(tenants(locked.result())));
  }

  private static Map<TenantId, LockedTenant> tenants(RowSet<Row> locked) {
    Map<TenantId, LockedTenant> tenants = new HashMap<>();
    locked.forEach(row ->
        tenants.put(
            new TenantId(row.getUUID("id")),
            new LockedTenant(
                row.getLong("revision"),
                TenantPolicy.read(row.getString("policy")),
                row.getBoolean("nested"))));
    return tenants;
  }

  private static Future<Void> write(SqlConnection sql, BatchWrites writes) {
    List<Future<?>> statements = new ArrayList<>();
    if (!writes.isEmpty()) {
      new BatchStatements(writes)
          .forEach((text, values) -> statements.add(sql.preparedQuery(text).execute(values)));
    }
    statements.add(sql.query("COMMIT").execute());
    return Future.join(statements).mapEmpty();
  }

  static UUID[] tenantsOf(Collection<ResourceKey> keys) {
    return keys.stream().map(key -> key.tenant().value()).toArray(UUID[]::new);
  }

  static UUID[] idsOf(Collection<ResourceKey> keys) {
    return keys.stream().map(ResourceKey::id).toArray(UUID[]::new);
  }
}
