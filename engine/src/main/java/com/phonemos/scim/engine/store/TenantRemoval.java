package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Everything of a tenant: to hand over, and to delete.
 *
 * <p>What is handed over is one JSON object per line, such as {@code {"type":"User","id":…}}, the
 * state of a single moment. Secrets are not among it: neither tokens nor Keycloak's client secret.
 */
public final class TenantRemoval {
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

  /** Each gives lines of JSON, for the tenant $1. */
  private static final List<String> PARTS =
      List.of(
          """
          SELECT jsonb_build_object('type', 'Tenant', 'slug', slug, 'created', created,
                   'revision', revision, 'policy', policy, 'schemas', schemas) AS line
          FROM tenant WHERE id = $1
          """,
          """
          SELECT jsonb_build_object('type', 'User', 'id', id, 'revision', revision,
                   'created', created, 'modified', modified, 'resource', resource) AS line
          FROM scim_user WHERE tenant_id = $1 ORDER BY id
          """,
          """
          SELECT jsonb_build_object('type', 'Group', 'id', id, 'revision', revision,
                   'created', created, 'modified', modified, 'resource', resource) AS line
          FROM scim_group WHERE tenant_id = $1 ORDER BY id
          """,
          """
          SELECT jsonb_build_object('type', 'Member', 'group', group_id, 'member', member_id,
                   'memberType', type) AS line
          FROM group_member WHERE tenant_id = $1 ORDER BY group_id, member_id
          """,
          """
          SELECT jsonb_build_object('type', 'Account', 'kind', kind, 'id', id,
                   'keycloak', keycloak_id) AS line
          FROM keycloak_link WHERE tenant_id = $1 ORDER BY kind, id
          """,
          """
          SELECT jsonb_build_object('type', 'Change', 'revision', revision, 'at', at,
                   'actor', actor, 'requestId', request_id, 'operation', operation,
                   'resourceType', resource_type, 'resource', resource_id,
                   'before', before, 'after', after) AS line
          FROM journal WHERE tenant_id = $1 ORDER BY revision
          """);

  /** Every table with a tenant's rows; the tenant itself, and with it its tokens, comes last. */
  private static final List<String> TABLES =
      List.of(
          "due",
          "access_loss",
          "erasure",
          "undelivered",
          "drift_scan",
          "drift_finding",
          "request_log",
          "keycloak_link",
          "group_member",
          "scim_group",
          "scim_user",
          "journal");

  private static final String LOCK_DISABLED =
      "SELECT FROM tenant WHERE id = $1 AND state = 'disabled' FOR UPDATE";

  private static final String DELETE = "DELETE FROM tenant WHERE id = $1";

  private final Database database;

  public TenantRemoval(Database database) {
    this.database = database;
  }

  /** Writes everything, as fast as it is taken; does not end the stream. */
  public Future<Void> export(TenantId tenant, WriteStream<Buffer> to) {
    return database
        .pool()
        .withTransaction(sql -> {
          Future<Void> written = sql.query(SNAPSHOT).execute().mapEmpty();
          for (String part : PARTS) {
            written =
                written.compose(before ->
                    RowStreamWriter.write(
                        sql, part, Tuple.of(tenant.value()), to, TenantRemoval::line));
          }
          return written;
        });
  }

  /**
   * Deletes a disabled tenant with all that is kept of it. Its accounts in Keycloak stay as they
   * are.
   *
   * @return false when it is not disabled
   */
  public Future<Boolean> delete(TenantId tenant) {
    Tuple key = Tuple.of(tenant.value());
    return database
        .pool()
        .withTransaction(sql ->
            sql.preparedQuery(LOCK_DISABLED)
                .execute(key)
                .compose(locked ->
                    locked.size() == 0
                        ? Future.succeededFuture(false)
                        : deleteAll(sql, key).map(true)));
  }

  private static String line(Row row) {
    return row.getJsonObject("line").encode() + "\n";
  }

  private static Future<Void> deleteAll(SqlConnection sql, Tuple key) {
    Future<Void> deleted = Future.succeededFuture();
    for (String table : TABLES) {
      deleted =
          deleted.compose(before ->
              sql.preparedQuery("DELETE FROM " + table + " WHERE tenant_id = $1")
                  .execute(key)
                  .mapEmpty());
    }
    return deleted.compose(before -> sql.preparedQuery(DELETE).execute(key).mapEmpty());
  }
}
