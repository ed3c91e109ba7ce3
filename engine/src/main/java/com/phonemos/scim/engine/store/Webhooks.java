package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Who is told of a tenant's changes, and how far each has been told. */
public final class Webhooks {
  static final String COLUMN = "webhook.secret";

  private static final String ADD =
      """
      INSERT INTO webhook (tenant_id, id, url, secret, after)
      SELECT $1, $2, $3, $4, coalesce($5, revision) FROM tenant WHERE id = $1
      """;

  private static final String LIST =
      """
      SELECT webhook.id, url, after, tenant.revision AS latest, failures, reason,
        next_at = 'infinity' AS given_up
      FROM webhook JOIN tenant ON tenant.id = webhook.tenant_id
      WHERE tenant_id = $1
      ORDER BY webhook.created, webhook.id
      """;

  private static final String REMOVE = "DELETE FROM webhook WHERE tenant_id = $1 AND id = $2";

  private static final String REPLAY =
      """
      UPDATE webhook SET after = coalesce($3, after), failures = 0, reason = NULL, next_at = now()
      WHERE tenant_id = $1 AND id = $2
      """;

  // The lease keeps others away while this one is told; a process that is killed loses it.
  private static final String CLAIM =
      """
      WITH behind AS MATERIALIZED (
        SELECT webhook.tenant_id, webhook.id FROM webhook JOIN tenant ON tenant.id = tenant_id
        WHERE next_at <= now() AND after < tenant.revision AND tenant.state <> 'disabled'
        ORDER BY next_at
        LIMIT $1
        FOR UPDATE OF webhook SKIP LOCKED)
      UPDATE webhook SET next_at = now() + $2 * interval '1 millisecond'
      FROM behind WHERE (webhook.tenant_id, webhook.id) = (behind.tenant_id, behind.id)
      RETURNING webhook.tenant_id, webhook.id, url, secret, after, failures
      """;

  // A replay that was asked for meanwhile wins.
  private static final String TAKEN =
      """
      UPDATE webhook SET after = $4, failures = 0, reason = NULL, next_at = now()
      WHERE tenant_id = $1 AND id = $2 AND after = $3
      """;

  private static final String FAILED =
      """
      UPDATE webhook SET failures = failures + 1, reason = $4,
        next_at = CASE WHEN $5::bigint IS NULL THEN 'infinity'
          ELSE now() + $5 * interval '1 millisecond' END
      WHERE tenant_id = $1 AND id = $2 AND after = $3
      """;

  private final Database database;
  private final SecretBox secrets;

  /**
   * As operators see it.
   *
   * @param after the last revision it took
   * @param latest revision of the tenant
   * @param reason of the last failure
   * @param givenUp whether nothing is sent until a replay
   */
  public record Webhook(
      UUID id,
      String url,
      long after,
      long latest,
      int failures,
      Optional<String> reason,
      boolean givenUp) {}

  /** One that has not been told of everything. */
  public record Behind(
      TenantId tenant, UUID id, String url, Buffer secret, long after, int failures) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "webhook " + id + " of tenant " + tenant;
    }
  }

  public Webhooks(Database database, SecretBox secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * Adds one.
   *
   * @param secret its signatures are made with
   * @param after the first change it hears of comes after this revision; empty: the latest
   */
  public Future<UUID> add(TenantId tenant, String url, byte[] secret, Optional<Long> after) {
    UUID id = UUID.randomUUID();
    return execute(
            ADD,
            Tuple.of(
                tenant.value(),
                id,
                url,
                Buffer.buffer(secrets.seal(tenant, COLUMN, secret)),
                after.orElse(null)))
        .map(id);
  }

  /** Oldest first. */
  public Future<List<Webhook>> list(TenantId tenant) {
    return execute(LIST, Tuple.of(tenant.value())).map(rows -> list(rows, Webhooks::webhook));
  }

  /** False when there is none. */
  public Future<Boolean> remove(TenantId tenant, UUID id) {
    return execute(REMOVE, Tuple.of(tenant.value(), id)).map(rows -> rows.rowCount() == 1);
  }

  /**
   * Has it told again, now.
   *
   * @param after from this revision on; empty: where it was
   * @return false when there is none
   */
  public Future<Boolean> replay(TenantId tenant, UUID id, Optional<Long> after) {
    return execute(REPLAY, Tuple.of(tenant.value(), id, after.orElse(null)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Claims some that are behind. */
  public Future<List<Behind>> claim(int limit, Duration lease) {
    return execute(CLAIM, Tuple.of(limit, lease.toMillis())).map(rows -> list(rows, this::behind));
  }

  /** It took everything up to a revision. */
  public Future<Void> taken(Behind webhook, long revision) {
    return execute(
            TAKEN, Tuple.of(webhook.tenant().value(), webhook.id(), webhook.after(), revision))
        .mapEmpty();
  }

  /**
   * It did not take what it was sent.
   *
   * @param next attempt; empty: none
   */
  public Future<Void> failed(Behind webhook, String reason, Optional<Duration> next) {
    return execute(
            FAILED,
            Tuple.of(
                webhook.tenant().value(),
                webhook.id(),
                webhook.after(),
                reason,
                next.map(Duration::toMillis).orElse(null)))
        .mapEmpty();
  }

  private Future<RowSet<Row>> execute(String sql, Tuple values) {
    return database.pool().preparedQuery(sql).execute(values);
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return List.copyOf(list);
  }

  private static Webhook webhook(Row row) {
    return new Webhook(
        row.getUUID("id"),
        row.getString("url"),
        row.getLong("after"),
        row.getLong("latest"),
        row.getInteger("failures"),
        Optional.ofNullable(row.getString("reason")),
        row.getBoolean("given_up"));
  }

  private Behind behind(Row row) {
    TenantId tenant = new TenantId(row.getUUID("tenant_id"));
    return new Behind(
        tenant,
        row.getUUID("id"),
        row.getString("url"),
        Buffer.buffer(secrets.open(tenant, COLUMN, row.getBuffer("secret").getBytes())),
        row.getLong("after"),
        row.getInteger("failures"));
  }
}
