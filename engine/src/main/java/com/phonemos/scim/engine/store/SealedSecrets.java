package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Everything in the database that a {@link SecretBox} sealed. */
public final class SealedSecrets {
  private static final String ALL =
      """
      SELECT slug, tenant.id AS tenant_id, tenant.id, $1 AS place, keycloak_client_secret AS sealed
      FROM tenant WHERE keycloak_client_secret IS NOT NULL
      UNION ALL
      SELECT slug, tenant_id, webhook.id, $2, secret
      FROM webhook JOIN tenant ON tenant.id = tenant_id
      ORDER BY slug
      """;

  // Only what it was when it was read: another one may have been set meanwhile.
  private static final String RESEAL =
      """
      WITH client_secret AS (
        UPDATE tenant SET keycloak_client_secret = $4
        WHERE $5 AND id = $1 AND keycloak_client_secret = $3)
      UPDATE webhook SET secret = $4 WHERE NOT $5 AND (tenant_id, id) = ($1, $2) AND secret = $3
      """;

  private final Database database;
  private final SecretBox secrets;

  public SealedSecrets(Database database, SecretBox secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * What became of all secrets.
   *
   * @param resealed how many were sealed with an older key
   * @param untouched how many were sealed with the newest already
   * @param broken slugs of the tenants with a secret that opens with none
   */
  public record Resealed(int resealed, int untouched, List<String> broken) {}

  /** Seals all of them with the newest key, so that the older ones can go. */
  public Future<Resealed> reseal() {
    return database
        .pool()
        .preparedQuery(ALL)
        .execute(Tuple.of(SecretBox.CLIENT_SECRET, Webhooks.COLUMN))
        .compose(rows -> {
          List<String> broken = new ArrayList<>();
          List<Tuple> updates = new ArrayList<>();
          for (Row row : rows) {
            try {
              reseal(row, updates);
            } catch (SecretBox.SealBrokenException unknownKey) {
              broken.add(row.getString("slug"));
            }
          }
          int untouched = rows.size() - updates.size() - broken.size();
          Resealed result = new Resealed(updates.size(), untouched, List.copyOf(broken));
          return updates.isEmpty()
              ? Future.succeededFuture(result)
              : database.pool().preparedQuery(RESEAL).executeBatch(updates).map(result);
        });
  }

  private void reseal(Row row, List<Tuple> updates) {
    TenantId tenant = new TenantId(row.getUUID("tenant_id"));
    Buffer sealed = row.getBuffer("sealed");
    String place = row.getString("place");
    secrets
        .reseal(tenant, place, sealed.getBytes())
        .ifPresent(again ->
            updates.add(
                Tuple.of(
                    tenant.value(),
                    row.getUUID("id"),
                    sealed,
                    Buffer.buffer(again),
                    place.equals(SecretBox.CLIENT_SECRET))));
  }
}
