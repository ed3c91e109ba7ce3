package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Users of whom nothing personal may be left (GDPR article 17), here and in Keycloak. */
public final class Erasures {
  private static final String CONTAINS =
      "SELECT EXISTS (SELECT FROM erasure WHERE (tenant_id, user_id) = ($1, $2)) AS erased";

  // It stays visible which attributes changed and when, but not from what to what.
  private static final String REDACT =
      """
      UPDATE journal SET
        before = (SELECT jsonb_object_agg(key, 'anonymised') FROM jsonb_object_keys(before) AS key),
        after = (SELECT jsonb_object_agg(key, 'anonymised') FROM jsonb_object_keys(after) AS key)
      WHERE tenant_id = $1 AND resource_type = 'User' AND resource_id = $2
      """;

  private static final String REDACT_FINDINGS =
      """
      UPDATE drift_finding SET differences = (
        SELECT coalesce(jsonb_agg(jsonb_build_object('field', difference -> 'field')), '[]')
        FROM jsonb_array_elements(differences) AS difference)
      WHERE tenant_id = $1 AND kind = 'USER' AND id = $2
      """;

  private static final String LOCK_TENANT = "SELECT FROM tenant WHERE id = $1 FOR UPDATE";

  // As a DELETE of the identity provider would, but with nothing personal in the journal.
  private static final String ERASE =
      """
      WITH noted AS (
        INSERT INTO erasure (tenant_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING),
      left_groups AS (
        DELETE FROM group_member WHERE tenant_id = $1 AND member_id = $2 RETURNING group_id),
      smaller AS (
        UPDATE scim_group SET
          member_count = member_count - 1, revision = tenant.revision + 1, modified = now()
        FROM tenant
        WHERE tenant.id = $1 AND tenant_id = $1
          AND scim_group.id IN (SELECT group_id FROM left_groups)),
      deleted AS (
        DELETE FROM scim_user WHERE (tenant_id, id) = ($1, $2) RETURNING id),
      counted AS (
        UPDATE tenant SET revision = revision + 1, user_count = user_count - 1
        WHERE id = $1 AND EXISTS (SELECT FROM deleted)
        RETURNING revision),
      told AS (
        INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                             resource_id, before)
        SELECT $1, revision, now(), '00000000-0000-0000-0000-000000000000', 'anonymise', 'delete',
               'User', $2, '{}'
        FROM counted)
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      VALUES ($1, 'USER', $2, '00000000-0000-0000-0000-000000000000', 0, now(), now())
      ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
        priority = 0, cause = 'change', generation = due.generation + 1, attempts = 0,
        reason = NULL, due_at = now()
      """;

  private static final String KNOWN =
      """
      SELECT EXISTS (SELECT FROM scim_user WHERE (tenant_id, id) = ($1, $2))
        OR EXISTS (
          SELECT FROM journal
          WHERE tenant_id = $1 AND resource_type = 'User' AND resource_id = $2) AS known
      """;

  private final Pool pool;

  public Erasures(Database database) {
    this.pool = database.pool();
  }

  public Future<Boolean> contains(TenantId tenant, UUID user) {
    return pool.preparedQuery(CONTAINS)
        .execute(Tuple.of(tenant.value(), user))
        .map(rows -> rows.iterator().next().getBoolean("erased"));
  }

  /** Takes away everything that the journal and the findings of drift say of a user. */
  public Future<Void> redact(TenantId tenant, UUID user) {
    return redact(pool, Tuple.of(tenant.value(), user));
  }

  private static Future<Void> redact(SqlClient sql, Tuple key) {
    return sql.preparedQuery(REDACT)
        .execute(key)
        .compose(redacted -> sql.preparedQuery(REDACT_FINDINGS).execute(key))
        .mapEmpty();
  }

  /**
   * Deletes a user here, if it still exists, redacts its journal and has its account in Keycloak
   * anonymised.
   *
   * @return false when there never was such a user
   */
  public Future<Boolean> erase(TenantId tenant, UUID user) {
    Tuple key = Tuple.of(tenant.value(), user);
    return pool.withTransaction(sql ->
        sql.preparedQuery(LOCK_TENANT)
            .execute(Tuple.of(tenant.value()))
            .compose(locked -> sql.preparedQuery(KNOWN).execute(key))
            .compose(rows ->
                rows.iterator().next().getBoolean("known")
                    ? sql.preparedQuery(ERASE)
                        .execute(key)
                        .compose(erased -> redact(sql, key))
                        .map(true)
                    : Future.succeededFuture(false)));
  }
}
