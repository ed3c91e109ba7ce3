package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
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
 * OAuth clients of tenants, their secrets by SHA-256, and the access tokens that they are given.
 */
public final class OAuthClients {
  private static final String CREATE =
      """
      INSERT INTO oauth_client (tenant_id, id, label, issuer, subject, audience)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issuer, subject, audience) DO NOTHING
      """;

  private static final String LIST =
      """
      SELECT client.id, client.label, client.created, client.issuer, client.subject,
             client.audience, secret.id AS secret_id, secret.created AS secret_created,
             secret.expires, secret.last_used
      FROM oauth_client client
      LEFT JOIN oauth_secret secret
        ON secret.tenant_id = client.tenant_id AND secret.client_id = client.id
      WHERE client.tenant_id = $1
      ORDER BY client.created, client.id, secret.created, secret.id
      """;

  private static final String DELETE = "DELETE FROM oauth_client WHERE tenant_id = $1 AND id = $2";

  // The client's row is locked, so that no two additions both see room for one more.
  private static final String ADD_SECRET =
      """
      WITH client AS (
        SELECT tenant_id, id FROM oauth_client
        WHERE tenant_id = $1 AND id = $2 AND issuer IS NULL FOR UPDATE)
      INSERT INTO oauth_secret (tenant_id, client_id, secret_hash, expires)
      SELECT tenant_id, id, $3, $4 FROM client
      WHERE (SELECT count(*) FROM oauth_secret s
             WHERE s.tenant_id = $1 AND s.client_id = $2) < $5
      RETURNING id
      """;

  private static final String REMOVE_SECRET =
      "DELETE FROM oauth_secret WHERE tenant_id = $1 AND client_id = $2 AND id = $3";

  private static final String WITH_SECRET =
      """
      UPDATE oauth_secret secret SET last_used = date_trunc('minute', now())
      FROM oauth_client client JOIN tenant ON tenant.id = client.tenant_id
      WHERE client.id = $1 AND tenant.state <> 'disabled'
        AND secret.tenant_id = client.tenant_id AND secret.client_id = client.id
        AND secret.secret_hash = $2 AND (secret.expires IS NULL OR secret.expires > now())
      RETURNING client.tenant_id, client.id, client.label, client.audience
      """;

  private static final String FEDERATED =
      """
      SELECT client.tenant_id, client.id, client.label, client.audience
      FROM oauth_client client JOIN tenant ON tenant.id = client.tenant_id
      WHERE client.issuer = $1 AND client.subject = $2 AND tenant.state <> 'disabled'
      """;

  private static final String GRANT =
      """
      WITH gone AS (
        DELETE FROM token
        WHERE tenant_id = $1 AND client_id = $2 AND expires < now() - interval '1 day')
      INSERT INTO token (tenant_id, id, client_id, secret_hash, label, expires, scope)
      SELECT $1, gen_random_uuid(), $2, $3, $4, now() + $5::bigint * interval '1 second', $6
      WHERE $7 > (
        SELECT count(*) FROM token WHERE tenant_id = $1 AND client_id = $2
          AND expires > now() + ($5::bigint - 60) * interval '1 second')
      """;

  private final Database database;

  /**
   * Whose assertions a client shows instead of a secret (RFC 7523 §3).
   *
   * @param issuer {@code iss}
   * @param subject {@code sub}
   * @param audience one of {@code aud}
   */
  public record Federation(String issuer, String subject, String audience) {}

  /**
   * A secret, without the secret itself.
   *
   * @param lastUsed to the minute
   */
  public record Secret(
      UUID id, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed) {}

  /** A client as operators see it: with secrets, or federated. */
  public record Client(
      UUID id,
      String label,
      Instant created,
      Optional<Federation> federation,
      List<Secret> secrets) {}

  /**
   * A client that has shown who it is, or claims to be.
   *
   * @param audience of its federation; empty where it has a secret
   */
  public record Known(TenantId tenant, UUID id, String label, String audience) {}

  public OAuthClients(Database database) {
    this.database = database;
  }

  /** False when another client is federated so. */
  public Future<Boolean> create(
      TenantId tenant, UUID id, String label, Optional<Federation> federation) {
    return change(
            CREATE,
            Tuple.of(
                tenant.value(),
                id,
                label,
                federation.map(Federation::issuer).orElse(null),
                federation.map(Federation::subject).orElse(null),
                federation.map(Federation::audience).orElse(null)))
        .map(rows -> rows == 1);
  }

  /** Oldest first. */
  public Future<List<Client>> list(TenantId tenant) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(Tuple.of(tenant.value()))
        .map(OAuthClients::clients);
  }

  /** Its access tokens are void with it. False when the tenant has no such client. */
  public Future<Boolean> delete(TenantId tenant, UUID client) {
    return change(DELETE, Tuple.of(tenant.value(), client)).map(rows -> rows == 1);
  }

  /**
   * Answers the secret's id; empty when the tenant has no such client that is not federated, or the
   * client has the most that it may have.
   */
  public Future<Optional<UUID>> addSecret(
      TenantId tenant, UUID client, byte[] sha256, Optional<Instant> expires, int most) {
    return database
        .pool()
        .preparedQuery(ADD_SECRET)
        .execute(
            Tuple.of(
                tenant.value(),
                client,
                Buffer.buffer(sha256),
                expires.map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null),
                most))
        .map(rows ->
            rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getUUID("id")));
  }

  /** False when there is none of this id. */
  public Future<Boolean> removeSecret(TenantId tenant, UUID client, UUID secret) {
    return change(REMOVE_SECRET, Tuple.of(tenant.value(), client, secret)).map(rows -> rows == 1);
  }

  /** The client, if that is its secret; notes that it was used. */
  public Future<Optional<Known>> withSecret(UUID client, byte[] sha256) {
    return database
        .pool()
        .preparedQuery(WITH_SECRET)
        .execute(Tuple.of(client, Buffer.buffer(sha256)))
        .map(rows -> known(rows).stream().findFirst());
  }

  /** Clients that such an assertion may be of, one for each audience. */
  public Future<List<Known>> federated(String issuer, String subject) {
    return database
        .pool()
        .preparedQuery(FEDERATED)
        .execute(Tuple.of(issuer, subject))
        .map(OAuthClients::known);
  }

  /**
   * Keeps an access token, and forgets those that are over for long. False when the client was
   * given the most that it may be given in a minute.
   */
  public Future<Boolean> grant(Known client, byte[] sha256, Duration lifetime, int mostAMinute) {
    return change(
            GRANT,
            Tuple.of(
                client.tenant().value(),
                client.id(),
                Buffer.buffer(sha256),
                client.label(),
                lifetime.toSeconds(),
                TokenScope.SCIM.word(),
                mostAMinute))
        .map(rows -> rows == 1);
  }

  private Future<Integer> change(String statement, Tuple values) {
    return database.pool().preparedQuery(statement).execute(values).map(RowSet::rowCount);
  }

  private static List<Known> known(RowSet<Row> rows) {
    List<Known> known = new ArrayList<>(rows.size());
    rows.forEach(row ->
        known.add(
            new Known(
                new TenantId(row.getUUID("tenant_id")),
                row.getUUID("id"),
                row.getString("label"),
                Optional.ofNullable(row.getString("audience")).orElse(""))));
    return known;
  }

  private static List<Client> clients(RowSet<Row> rows) {
    List<Client> clients = new ArrayList<>();
    for (Row row : rows) {
      UUID id = row.getUUID("id");
      List<Secret> secrets = new ArrayList<>();
      if (!clients.isEmpty() && clients.getLast().id().equals(id)) {
        secrets.addAll(clients.removeLast().secrets());
      }
      Optional.ofNullable(row.getUUID("secret_id"))
          .ifPresent(secret ->
              secrets.add(
                  new Secret(
                      secret,
                      row.getOffsetDateTime("secret_created").toInstant(),
                      instant(row.getOffsetDateTime("expires")),
                      instant(row.getOffsetDateTime("last_used")))));
      clients.add(
          new Client(
              id,
              row.getString("label"),
              row.getOffsetDateTime("created").toInstant(),
              Optional.ofNullable(row.getString("issuer"))
                  .map(issuer ->
                      new Federation(issuer, row.getString("subject"), row.getString("audience"))),
              List.copyOf(secrets)));
    }
    return List.copyOf(clients);
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
