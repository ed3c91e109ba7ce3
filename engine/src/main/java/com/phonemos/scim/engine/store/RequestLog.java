package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What identity providers asked and what they were answered. It holds no values of attributes: who
 * asks for a person by name finds that person's requests by the name's hash.
 */
public final class RequestLog {
  // Notes on the way when each token was used last, to the minute. A row that is locked is being
  // noted by somebody else: waiting for it in another order than theirs would be a deadlock.
  private static final String APPEND =
      """
      WITH given AS (
        SELECT * FROM unnest(
          $1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[], $6::text[],
          $7::text[], $8::uuid[], $9::bytea[], $10::text[], $11::smallint[], $12::text[],
          $13::text[], $14::int[])
        AS given (tenant_id, at, request_id, token_id, method, operation, resource_type,
          resource_id, subject, filter, status, scim_type, detail, duration_us)),
      used AS (
        SELECT tenant_id, token_id, date_trunc('minute', max(at)) AS minute
        FROM given WHERE token_id IS NOT NULL GROUP BY tenant_id, token_id),
      later AS (
        SELECT token.tenant_id, token.id, used.minute
        FROM token JOIN used ON used.tenant_id = token.tenant_id
          AND used.token_id IN (token.id, token.client_id)
        WHERE token.last_used IS NULL OR token.last_used < used.minute
        FOR UPDATE OF token SKIP LOCKED),
      noted AS (
        UPDATE token SET last_used = later.minute
        FROM later WHERE token.tenant_id = later.tenant_id AND token.id = later.id)
      INSERT INTO request_log (
        tenant_id, at, request_id, token_id, method, operation, resource_type, resource_id,
        subject, filter, status, scim_type, detail, duration_us)
      SELECT * FROM given
      """;

  private static final String COLUMNS =
      """
      SELECT tenant_id, at, request_id, token_id, method, operation, resource_type, resource_id,
             subject, filter, status, scim_type, detail, duration_us
      FROM request_log
      """;

  private static final String OF_SUBJECT =
      COLUMNS
          + """
          WHERE tenant_id = $1 AND (resource_id = ANY($2::uuid[]) OR subject = ANY($3::bytea[]))
          ORDER BY at DESC LIMIT $4
          """;

  private static final String LATEST =
      COLUMNS
          + """
          WHERE tenant_id = $1 AND at >= $2 AND status >= $3 ORDER BY at DESC LIMIT $4
          """;

  private static final String BY_REQUEST_ID = COLUMNS + "WHERE request_id = $1 ORDER BY at";

  private static final String FORGET =
      """
      DELETE FROM request_log WHERE at < now() - $1::int * interval '1 second'
      """;

  private final Database database;

  /**
   * One request.
   *
   * @param token that was shown; for an access token its client
   * @param subject see {@link RequestLog#subject}
   * @param filter its shape
   */
  public record Entry(
      Optional<TenantId> tenant,
      Instant at,
      String requestId,
      Optional<UUID> token,
      String method,
      String operation,
      Optional<String> resourceType,
      Optional<UUID> resourceId,
      Optional<byte[]> subject,
      Optional<String> filter,
      int status,
      Optional<String> scimType,
      Optional<String> detail,
      Duration duration) {}

  public RequestLog(Database database) {
    this.database = database;
  }

  /** The SHA-256 of a folded name within its tenant: enough to find it again, not to read it. */
  public static byte[] subject(TenantId tenant, String foldedName) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(tenant.value().toString().getBytes(StandardCharsets.US_ASCII));
      return sha256.digest(foldedName.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) { // Every Java has it.
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes all of them, or none; with them, when their tokens were used last. */
  public Future<Void> append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple columns =
        Tuple.tuple()
            .addArrayOfUUID(
                column(entries, e -> e.tenant().map(TenantId::value).orElse(null), UUID[]::new))
            .addArrayOfOffsetDateTime(
                column(entries, e -> e.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
            .addArrayOfString(column(entries, Entry::requestId, String[]::new))
            .addArrayOfUUID(column(entries, e -> e.token().orElse(null), UUID[]::new))
            .addArrayOfString(column(entries, Entry::method, String[]::new))
            .addArrayOfString(column(entries, Entry::operation, String[]::new))
            .addArrayOfString(column(entries, e -> e.resourceType().orElse(null), String[]::new))
            .addArrayOfUUID(column(entries, e -> e.resourceId().orElse(null), UUID[]::new))
            .addArrayOfBuffer(
                column(entries, e -> e.subject().map(Buffer::buffer).orElse(null), Buffer[]::new))
            .addArrayOfString(column(entries, e -> e.filter().orElse(null), String[]::new))
            .addArrayOfShort(column(entries, e -> (short) e.status(), Short[]::new))
            .addArrayOfString(column(entries, e -> e.scimType().orElse(null), String[]::new))
            .addArrayOfString(column(entries, e -> e.detail().orElse(null), String[]::new))
            .addArrayOfInteger(
                column(entries, e -> (int) (e.duration().toNanos() / 1_000), Integer[]::new));
    return database.pool().preparedQuery(APPEND).execute(columns).mapEmpty();
  }

  /**
   * The requests that concern somebody, newest first.
   *
   * @param resources the ids of that somebody
   * @param subjects the hashes of that somebody's names
   */
  public Future<List<Entry>> of(
      TenantId tenant, List<UUID> resources, List<byte[]> subjects, int most) {
    return find(
        OF_SUBJECT,
        Tuple.of(tenant.value())
            .addArrayOfUUID(resources.toArray(UUID[]::new))
            .addArrayOfBuffer(subjects.stream().map(Buffer::buffer).toArray(Buffer[]::new))
            .addInteger(most));
  }

  /**
   * A tenant's requests since some time, newest first.
   *
   * @param lowestStatus 400 for those that failed, 0 for all
   */
  public Future<List<Entry>> latest(TenantId tenant, Instant since, int lowestStatus, int most) {
    return find(
        LATEST,
        Tuple.of(tenant.value(), since.atOffset(ZoneOffset.UTC), (short) lowestStatus, most));
  }

  /** The one that a client names by its {@code X-Request-Id}. */
  public Future<List<Entry>> byRequestId(String requestId) {
    return find(BY_REQUEST_ID, Tuple.of(requestId));
  }

  /** Deletes what is older; answers how many. */
  public Future<Integer> forget(Duration age) {
    return database
        .pool()
        .preparedQuery(FORGET)
        .execute(Tuple.of((int) age.toSeconds()))
        .map(RowSet::rowCount);
  }

  private Future<List<Entry>> find(String sql, Tuple values) {
    return database
        .pool()
        .preparedQuery(sql)
        .execute(values)
        .map(rows -> {
          List<Entry> entries = new ArrayList<>(rows.size());
          rows.forEach(row -> entries.add(entry(row)));
          return List.copyOf(entries);
        });
  }

  private static Entry entry(Row row) {
    return new Entry(
        Optional.ofNullable(row.getUUID("tenant_id")).map(TenantId::new),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("request_id"),
        Optional.ofNullable(row.getUUID("token_id")),
        row.getString("method"),
        row.getString("operation"),
        Optional.ofNullable(row.getString("resource_type")),
        Optional.ofNullable(row.getUUID("resource_id")),
        Optional.ofNullable(row.getBuffer("subject")).map(Buffer::getBytes),
        Optional.ofNullable(row.getString("filter")),
        row.getShort("status"),
        Optional.ofNullable(row.getString("scim_type")),
        Optional.ofNullable(row.getString("detail")),
        Duration.ofNanos(row.getInteger("duration_us") * 1_000L));
  }

  private static <T> T[] column(
      List<Entry> entries, Function<Entry, @Nullable T> value, IntFunction<T[]> array) {
    return entries.stream().map(value).toArray(array);
  }
}
