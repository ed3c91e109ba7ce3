package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
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

/**
 * What identity providers really sent, of tenants for which an operator asked for it: bounded in
 * time and in size, and without gaps up to where it ends.
 */
public final class Recordings {
  /** Of a row of {@code recording}. */
  static final String IS_ON = "now() < ends AND NOT is_full";

  private static final String START =
      """
      INSERT INTO recording (tenant_id, ends, most_bytes)
      SELECT $1, now() + $2::bigint * interval '1 millisecond', $3
      WHERE NOT EXISTS (SELECT FROM recording WHERE tenant_id = $1 AND %s)
      RETURNING id
      """
          .formatted(IS_ON);

  private static final String LIST =
      """
      SELECT id, started, ends, most_bytes, bytes, exchanges, lost, is_full, %s AS is_on
      FROM recording WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id = $2)
      ORDER BY started DESC, id
      """
          .formatted(IS_ON);

  private static final String STOP =
      "UPDATE recording SET ends = least(ends, now()) WHERE tenant_id = $1 AND id = $2";

  private static final String DELETE = "DELETE FROM recording WHERE tenant_id = $1 AND id = $2";

  private static final String FORGET =
      """
      DELETE FROM recording WHERE ends < now() - $1::bigint * interval '1 millisecond'
      """;

  // The row's lock makes the size right, however many processes serve the tenant. What began before
  // the end is kept when it arrives a little later.
  private static final String APPEND =
      """
      WITH given AS (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[])
          WITH ORDINALITY AS g (tenant_id, id, started, entry, n)),
      recorded AS (
        SELECT tenant_id, id, ends, bytes, most_bytes, is_full FROM recording
        WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM given)
        ORDER BY tenant_id, id FOR UPDATE),
      measured AS (
        SELECT given.*, octet_length(given.entry) AS size,
          NOT recorded.is_full AND recorded.most_bytes >= recorded.bytes + sum(
            octet_length(given.entry)) OVER (PARTITION BY given.id ORDER BY given.n) AS fits
        FROM given JOIN recorded USING (tenant_id, id)
        WHERE given.started < recorded.ends),
      kept AS (
        INSERT INTO recorded_exchange (tenant_id, recording_id, started, entry)
        SELECT tenant_id, id, started, entry FROM measured WHERE fits ORDER BY n)
      UPDATE recording SET
        bytes = recording.bytes + added.size,
        exchanges = recording.exchanges + added.exchanges,
        is_full = recording.is_full OR added.overflows
      FROM (
        SELECT tenant_id, id, coalesce(sum(size) FILTER (WHERE fits), 0) AS size,
          count(*) FILTER (WHERE fits) AS exchanges, bool_or(NOT fits) AS overflows
        FROM measured GROUP BY tenant_id, id) AS added
      WHERE (recording.tenant_id, recording.id) = (added.tenant_id, added.id)
      """;

  private static final String LOSE =
      """
      UPDATE recording SET lost = lost + l.number
      FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS l (tenant_id, id, number)
      WHERE (recording.tenant_id, recording.id) = (l.tenant_id, l.id)
      """;

  private static final String ENTRIES =
      """
      SELECT row_number() OVER (ORDER BY started, number) AS place, entry
      FROM recorded_exchange WHERE tenant_id = $1 AND recording_id = $2
      ORDER BY started, number
      """;

  private final Database database;

  /**
   * A recording.
   *
   * @param ends it ends by itself, unless it is full before
   * @param mostBytes that it may take
   * @param lost exchanges that could not be kept
   * @param on whether exchanges are recorded now
   */
  public record Recording(
      UUID id,
      Instant started,
      Instant ends,
      long mostBytes,
      long bytes,
      long exchanges,
      long lost,
      boolean full,
      boolean on) {}

  /**
   * An exchange.
   *
   * @param json an entry of HAR 1.2
   */
  public record Entry(TenantId tenant, UUID recording, Instant started, String json) {}

  /** So many exchanges could not be kept. */
  public record Loss(TenantId tenant, UUID recording, long number) {
    public Loss and(Loss other) {
      return new Loss(tenant, recording, number + other.number);
    }
  }

  public Recordings(Database database) {
    this.database = database;
  }

  /** Answers its id; empty when one of the tenant is on already. */
  public Future<Optional<UUID>> start(TenantId tenant, Duration length, long mostBytes) {
    return database
        .pool()
        .preparedQuery(START)
        .execute(Tuple.of(tenant.value(), length.toMillis(), mostBytes))
        .map(rows ->
            rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getUUID("id")));
  }

  /** Newest first. */
  public Future<List<Recording>> list(TenantId tenant) {
    return find(Tuple.tuple().addUUID(tenant.value()).addUUID(null));
  }

  public Future<Optional<Recording>> find(TenantId tenant, UUID recording) {
    return find(Tuple.of(tenant.value(), recording)).map(found -> found.stream().findFirst());
  }

  /** Ends it; false when the tenant has none of this id. */
  public Future<Boolean> stop(TenantId tenant, UUID recording) {
    return change(STOP, Tuple.of(tenant.value(), recording)).map(rows -> rows == 1);
  }

  /** Deletes it with all its exchanges; false when the tenant has none of this id. */
  public Future<Boolean> delete(TenantId tenant, UUID recording) {
    return change(DELETE, Tuple.of(tenant.value(), recording)).map(rows -> rows == 1);
  }

  /** Deletes those that ended longer ago; answers how many. */
  public Future<Integer> forget(Duration age) {
    return change(FORGET, Tuple.of(age.toMillis()));
  }

  /** Keeps exchanges, in their order, as far as their recordings have room; or none of them. */
  public Future<Void> append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple columns =
        Tuple.tuple()
            .addArrayOfUUID(
                entries.stream().map(entry -> entry.tenant().value()).toArray(UUID[]::new))
            .addArrayOfUUID(entries.stream().map(Entry::recording).toArray(UUID[]::new))
            .addArrayOfOffsetDateTime(
                entries.stream()
                    .map(entry -> entry.started().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new))
            .addArrayOfString(entries.stream().map(Entry::json).toArray(String[]::new));
    return database.pool().preparedQuery(APPEND).execute(columns).mapEmpty();
  }

  /** Notes that exchanges are missing. */
  public Future<Void> lose(List<Loss> losses) {
    Tuple columns =
        Tuple.tuple()
            .addArrayOfUUID(losses.stream().map(loss -> loss.tenant().value()).toArray(UUID[]::new))
            .addArrayOfUUID(losses.stream().map(Loss::recording).toArray(UUID[]::new))
            .addArrayOfLong(losses.stream().map(Loss::number).toArray(Long[]::new));
    return change(LOSE, columns).mapEmpty();
  }

  /** Writes the entries of a recording, separated by commas, in the order in which they began. */
  public Future<Void> write(TenantId tenant, UUID recording, WriteStream<Buffer> to) {
    return database
        .pool()
        .withTransaction(sql ->
            RowStreamWriter.write(
                sql,
                ENTRIES,
                Tuple.of(tenant.value(), recording),
                to,
                row -> (row.getLong("place") == 1 ? "\n" : ",\n") + row.getString("entry")));
  }

  private Future<List<Recording>> find(Tuple values) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(values)
        .map(rows -> {
          List<Recording> found = new ArrayList<>(rows.size());
          rows.forEach(row -> found.add(recording(row)));
          return List.copyOf(found);
        });
  }

  private Future<Integer> change(String statement, Tuple values) {
    return database.pool().preparedQuery(statement).execute(values).map(RowSet::rowCount);
  }

  private static Recording recording(Row row) {
    return new Recording(
        row.getUUID("id"),
        row.getOffsetDateTime("started").toInstant(),
        row.getOffsetDateTime("ends").toInstant(),
        row.getLong("most_bytes"),
        row.getLong("bytes"),
        row.getLong("exchanges"),
        row.getLong("lost"),
        row.getBoolean("is_full"),
        row.getBoolean("is_on"));
  }
}
