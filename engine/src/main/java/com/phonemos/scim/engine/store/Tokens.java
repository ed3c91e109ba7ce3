package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bearer tokens, by the SHA-256 of their secret; the secrets themselves are nowhere. */
public final class Tokens {
  private static final String ISSUE =
      """
      INSERT INTO token (tenant_id, id, secret_hash, label, expires)
      VALUES ($1, gen_random_uuid(), $2, $3, $4)
      RETURNING id
      """;

  private static final String FIND =
      """
      SELECT token.tenant_id, token.id, tenant.state, tenant.policy::text AS policy,
             tenant.schemas::text AS schemas, token.expires, token.revoked
      FROM token JOIN tenant ON tenant.id = token.tenant_id
      WHERE token.secret_hash = $1
      """;

  private static final String LIST =
      """
      SELECT id, label, created, expires, revoked, last_used
      FROM token
      WHERE tenant_id = $1
      ORDER BY created, id
      """;

  private static final String REVOKE =
      """
      UPDATE token SET revoked = now() WHERE tenant_id = $1 AND id = $2 AND revoked IS NULL
      """;

  private static final String TOUCH =
      """
      UPDATE token SET last_used = date_trunc('minute', $3::timestamptz)
      WHERE tenant_id = $1 AND id = $2
        AND (last_used IS NULL OR last_used < date_trunc('minute', $3::timestamptz))
      """;

  private final Database database;
  private final TenantSchemas schemas = new TenantSchemas();

  /** What a token's hash stands for. */
  public record Credential(
      TenantId tenant,
      UUID tokenId,
      boolean tenantActive,
      TenantPolicy policy,
      SchemaRegistry schemas,
      Optional<Instant> expires,
      Optional<Instant> revoked) {
    public boolean valid(Instant now) {
      return tenantActive
          && revoked.isEmpty()
          && expires.filter(end -> !now.isBefore(end)).isEmpty();
    }
  }

  /**
   * A token as operators see it.
   *
   * @param lastUsed to the minute
   */
  public record Token(
      UUID id,
      String label,
      Instant created,
      Optional<Instant> expires,
      Optional<Instant> revoked,
      Optional<Instant> lastUsed) {}

  public Tokens(Database database) {
    this.database = database;
  }

  /** Answers the token's id, by which it can be revoked. */
  public Future<UUID> issue(
      TenantId tenant, byte[] sha256, String label, Optional<Instant> expires) {
    Tuple row =
        Tuple.of(
            tenant.value(),
            Buffer.buffer(sha256),
            label,
            expires.map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
    return database
        .pool()
        .preparedQuery(ISSUE)
        .execute(row)
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  public Future<Optional<Credential>> find(byte[] sha256) {
    return database
        .pool()
        .preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(sha256)))
        .map(rows ->
            rows.size() == 0 ? Optional.empty() : Optional.of(credential(rows.iterator().next())));
  }

  /** Oldest first. */
  public Future<List<Token>> list(TenantId tenant) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> {
          List<Token> tokens = new ArrayList<>(rows.size());
          rows.forEach(row -> tokens.add(token(row)));
          return List.copyOf(tokens);
        });
  }

  /** False when the tenant has no such token, or it is revoked already. */
  public Future<Boolean> revoke(TenantId tenant, UUID token) {
    return database
        .pool()
        .preparedQuery(REVOKE)
        .execute(Tuple.of(tenant.value(), token))
        .map(done -> done.rowCount() == 1);
  }

  /** Notes the minute of its use; writes nothing when that minute is noted already. */
  public Future<Void> touch(TenantId tenant, UUID token, Instant now) {
    return database
        .pool()
        .preparedQuery(TOUCH)
        .execute(Tuple.of(tenant.value(), token, now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private Credential credential(Row row) {
    return new Credential(
        new TenantId(row.getUUID("tenant_id")),
        row.getUUID("id"),
        row.getString("state").equals("active"),
        TenantPolicy.read(row.getString("policy")),
        schemas.of(row.getString("schemas")),
        instant(row.getOffsetDateTime("expires")),
        instant(row.getOffsetDateTime("revoked")));
  }

  private static Token token(Row row) {
    return new Token(
        row.getUUID("id"),
        row.getString("label"),
        row.getOffsetDateTime("created").toInstant(),
        instant(row.getOffsetDateTime("expires")),
        instant(row.getOffsetDateTime("revoked")),
        instant(row.getOffsetDateTime("last_used")));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
