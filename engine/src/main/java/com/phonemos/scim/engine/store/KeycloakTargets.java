package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where tenants are pushed to. */
public final class KeycloakTargets {
  private static final String COLUMNS =
      "id, keycloak_url, keycloak_realm, keycloak_client_id, keycloak_client_secret";

  // Steps from tenant to tenant through the index: the cost is that of the tenants with something
  // due, however many tenants there are and however much is due.
  private static final String DUE =
      """
      WITH RECURSIVE with_due AS (
        (SELECT tenant_id FROM due ORDER BY tenant_id LIMIT 1)
        UNION ALL
        SELECT (SELECT d.tenant_id FROM due AS d WHERE d.tenant_id > with_due.tenant_id
                ORDER BY d.tenant_id LIMIT 1)
        FROM with_due WHERE with_due.tenant_id IS NOT NULL)
      SELECT %s FROM tenant
      WHERE id IN (SELECT tenant_id FROM with_due)
        AND keycloak_url IS NOT NULL
        AND EXISTS (SELECT FROM due WHERE due.tenant_id = tenant.id AND due.due_at <= now())
      """
          .formatted(COLUMNS);

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM tenant WHERE id = $1 AND keycloak_url IS NOT NULL";

  private final Pool pool;

  public KeycloakTargets(Database database) {
    this.pool = database.pool();
  }

  /** Targets of the tenants that have something to claim now. */
  public Future<List<KeycloakTarget>> due() {
    return pool.preparedQuery(DUE).execute().map(KeycloakTargets::targets);
  }

  /** The target of one tenant; empty when it has none. */
  public Future<Optional<KeycloakTarget>> find(TenantId tenant) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> targets(rows).stream().findFirst());
  }

  private static List<KeycloakTarget> targets(RowSet<Row> rows) {
    List<KeycloakTarget> targets = new ArrayList<>(rows.size());
    for (Row row : rows) {
      targets.add(
          new KeycloakTarget(
              new TenantId(row.getUUID("id")),
              row.getString("keycloak_url"),
              row.getString("keycloak_realm"),
              row.getString("keycloak_client_id"),
              row.getBuffer("keycloak_client_secret")));
    }
    return targets;
  }
}
