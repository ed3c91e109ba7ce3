package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens, by the SHA-256 of their secret; the secrets themselves are nowhere. Access
 * tokens of {@link OAuthClients} are let in as others are, and otherwise none of these.
 */
public final class Tokens {
  private static final String ISSUE =
      """
      INSERT INTO token (tenant_id, id, secret_hash, label, expires, scope)
      VALUES ($1, gen_random_uuid(), $2, $3, $4, $5)
      RETURNING id
      """;

  private static final String FIND =
      """
      SELECT token.tenant_id, coalesce(token.client_id, token.id) AS id, tenant.state, tenant.policy::text AS policy,
             tenant.schemas::text AS schemas, token.expires, token.revoked, token.scope,
             (SELECT recording.id FROM recording
              WHERE recording.tenant_id = tenant.id AND %s
              ORDER BY started DESC LIMIT 1) AS recording
      FROM token JOIN tenant ON tenant.id = token.tenant_id
      WHERE token.secret_hash = $1
      """
          .formatted(Recordings.IS_ON);

  private static final String LIST =
      """
      SELECT id, scope, label, created, expires, revoked, last_used
      FROM token
      WHERE tenant_id = $1 AND client_id IS NULL
      ORDER BY created, id
      """;

  private static final String REVOKE =
      """
      UPDATE token SET revoked = now()
      WHERE tenant_id = $1 AND id = $2 AND revoked IS NULL AND client_id IS NULL
      """;

  private static final String ROTATE =
      """
      WITH old AS (
        UPDATE token SET expires = LEAST(expires, now() + $5::bigint * interval '1 millisecond')
        WHERE tenant_id = $1 AND id = $2 AND revoked IS NULL AND client_id IS NULL
          AND (expires IS NULL OR expires > now())
        RETURNING label, scope)
      INSERT INTO token (tenant_id, id, secret_hash, label, expires, scope)
      SELECT $1, gen_random_uuid(), $3, old.label, $4, old.scope FROM old
      RETURNING id
      """;

  private final Database database;
  private final TenantSchemas schemas = new TenantSchemas();

  /**
   * What a token's hash stands for.
   *
   * @param tokenId whose word counts: the token's, or, as access tokens come and go, their client's
   * @param recording that the tenant's exchanges are for; absent where none is on
   */
  public record Credential(
      TenantId tenant,
      UUID tokenId,
      TokenScope scope,
      boolean tenantActive,
      TenantPolicy policy,
      SchemaRegistry schemas,
      Optional<Instant> expires,
      Optional<Instant> revoked,
      Optional<UUID> recording) {
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
      TokenScope scope,
      String label,
      Instant created,
      Optional<Instant> expires,
      Optional<Instant> revoked,
      Optional<Instant> lastUsed) {
    /** {@code active}, {@code expired} or {@code revoked}. */
    public String state(Instant now) {
      boolean expired = expires.filter(end -> !now.isBefore(end)).isPresent();
      return revoked.isPresent() ? "revoked" : expired ? "expired" : "active";
    }
  }

  public Tokens(Database database) {
    this.database = database;
  }

  /** For the SCIM endpoint; see {@link #issue(TenantId, TokenScope, byte[], String, Optional)}. */
  public Future<UUID> issue(
      TenantId tenant, byte[] sha256, String label, Optional<Instant> expires) {
    return issue(tenant, TokenScope.SCIM, sha256, label, expires);
  }

  /** Answers the token's id, by which it can be revoked. */
  public Future<UUID> issue(
      TenantId tenant, TokenScope scope, byte[] sha256, String label, Optional<Instant> expires) {
    Tuple row =
        Tuple.of(
            tenant.value(),
            Buffer.buffer(sha256),
            label,
            expires.map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null),
            scope.word());
    return database
        .pool()
        .preparedQuery(ISSUE)
        .execute(row)
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  /**
   * Issues a successor with the same label and scope, and lets the old one end after {@code
   * overlap}, unless it ends before.
   *
   * @return the successor's id; empty when the tenant has no such token, or it is over already
   */
  public Future<Optional<UUID>> rotate(
      TenantId tenant, UUID old, byte[] sha256, Optional<Instant> expires, Duration overlap) {
    Tuple row =
        Tuple.of(
            tenant.value(),
            old,
            Buffer.buffer(sha256),
            expires.map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null),
            overlap.toMillis());
    return database
        .pool()
        .preparedQuery(ROTATE)
        .execute(row)
        .map(rows ->
            rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getUUID("id")));
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

  private Credential credential(Row row) {
    return new Credential(
        new TenantId(row.getUUID("tenant_id")),
        row.getUUID("id"),
        TokenScope.of(row.getString("scope")),
        !row.getString("state").equals(Tenants.State.DISABLED.word()),
        TenantPolicy.read(row.getString("policy")),
        schemas.of(row.getString("schemas")),
        instant(row.getOffsetDateTime("expires")),
        instant(row.getOffsetDateTime("revoked")),
        Optional.ofNullable(row.getUUID("recording")));
  }

  private static Token token(Row row) {
    return new Token(
        row.getUUID("id"),
        TokenScope.of(row.getString("scope")),
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
