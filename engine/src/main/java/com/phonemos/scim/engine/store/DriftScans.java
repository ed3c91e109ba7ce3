package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When each tenant's realm is looked through, and how far that is. One process at a time has a
 * tenant's scan; if it ends, another goes on where it was when its lease is over.
 */
public final class DriftScans {
  // The first ones are spread, so that a new engine does not look at all realms at once.
  private static final String ENLIST =
      """
      INSERT INTO drift_scan (tenant_id, due_at, poll_at)
      SELECT id, now() + random() * $1 * interval '1 millisecond', now()
      FROM tenant
      WHERE keycloak_url IS NOT NULL
        AND NOT EXISTS (SELECT FROM drift_scan WHERE tenant_id = tenant.id)
      ON CONFLICT DO NOTHING
      """;

  private static final String CLAIM =
      """
      UPDATE drift_scan SET
        due_at = now() + $1 * interval '1 millisecond',
        started = coalesce(started, now()), phase = coalesce(phase, 'users')
      WHERE tenant_id = (
        SELECT tenant_id FROM drift_scan JOIN tenant ON tenant.id = tenant_id
        WHERE due_at <= now() AND tenant.state = 'active' AND keycloak_url IS NOT NULL
        ORDER BY due_at
        LIMIT 1
        FOR UPDATE OF drift_scan SKIP LOCKED)
      RETURNING tenant_id, started, phase, after_group
      """;

  private static final String MOVE =
      """
      UPDATE drift_scan SET
        phase = $2, after_group = $3, due_at = now() + $4 * interval '1 millisecond'
      WHERE tenant_id = $1
      """;

  private static final String FINISH =
      """
      UPDATE drift_scan SET
        finished = now(), started = NULL, phase = NULL, after_group = NULL, problem = NULL,
        due_at = now() + $2 * interval '1 millisecond'
      WHERE tenant_id = $1
      """;

  private static final String POSTPONE =
      """
      UPDATE drift_scan SET problem = $2, due_at = now() + $3 * interval '1 millisecond'
      WHERE tenant_id = $1
      """;

  private static final String CLAIM_POLL =
      """
      UPDATE drift_scan SET poll_at = now() + $1 * interval '1 millisecond'
      WHERE tenant_id = (
        SELECT tenant_id FROM drift_scan JOIN tenant ON tenant.id = tenant_id
        WHERE poll_at <= now() AND tenant.state = 'active' AND keycloak_url IS NOT NULL
        ORDER BY poll_at
        LIMIT 1
        FOR UPDATE OF drift_scan SKIP LOCKED)
      RETURNING tenant_id, events_from
      """;

  private static final String POLLED =
      """
      UPDATE drift_scan SET
        events_from = coalesce($2, events_from), poll_at = now() + $3 * interval '1 millisecond'
      WHERE tenant_id = $1
      """;

  private static final String NOTE_FINISHED =
      """
      INSERT INTO drift_scan (tenant_id, due_at, poll_at, finished) VALUES ($1, now(), now(), now())
      ON CONFLICT (tenant_id) DO UPDATE SET finished = now(), problem = NULL
      """;

  private static final String STATE =
      """
      SELECT started, finished, problem FROM drift_scan WHERE tenant_id = $1
      """;

  private final Pool pool;

  public DriftScans(Database database) {
    this.pool = database.pool();
  }

  /** What a scan looks through, one after the other. */
  public enum Phase {
    USERS,
    GROUPS,
    MEMBERS;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How far a scan is.
   *
   * @param afterGroup in {@link Phase#MEMBERS}: this group and those before it are done
   */
  public record Position(Phase phase, UUID afterGroup) {
    public static final Position START = new Position(Phase.USERS, Claim.NO_GROUP);
  }

  /** A scan that this process may go on with until its lease ends. */
  public record Turn(TenantId tenant, Instant started, Position position) {}

  /**
   * A poll that this process may do.
   *
   * @param from what happened before this has been seen; absent: nothing has
   */
  public record Poll(TenantId tenant, Optional<Instant> from) {}

  /**
   * What operators see.
   *
   * @param started absent: none is going on
   * @param problem why it did not come to its end yet
   */
  public record State(
      Optional<Instant> started, Optional<Instant> finished, Optional<String> problem) {
    private static final State NONE =
        new State(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Notes tenants that are new; their first scans begin within {@code interval}. */
  public Future<Void> enlist(Duration interval) {
    return pool.preparedQuery(ENLIST).execute(Tuple.of(interval.toMillis())).mapEmpty();
  }

  /** The longest due scan; empty when none is due. */
  public Future<Optional<Turn>> claim(Duration lease) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(lease.toMillis()))
        .map(rows -> first(rows, DriftScans::turn));
  }

  /** Notes how far a scan is, and keeps others from it for another lease. */
  public Future<Void> move(TenantId tenant, Position position, Duration lease) {
    return pool.preparedQuery(MOVE)
        .execute(
            Tuple.of(
                tenant.value(), position.phase().word(), position.afterGroup(), lease.toMillis()))
        .mapEmpty();
  }

  /** A scan came to its end; the next one begins after {@code interval}. */
  public Future<Void> finish(TenantId tenant, Duration interval) {
    return pool.preparedQuery(FINISH)
        .execute(Tuple.of(tenant.value(), interval.toMillis()))
        .mapEmpty();
  }

  /** A scan cannot go on now; it does after {@code pause}, from where it was. */
  public Future<Void> postpone(TenantId tenant, String problem, Duration pause) {
    return pool.preparedQuery(POSTPONE)
        .execute(Tuple.of(tenant.value(), problem, pause.toMillis()))
        .mapEmpty();
  }

  /** The longest due poll of admin events; empty when none is due. */
  public Future<Optional<Poll>> claimPoll(Duration lease) {
    return pool.preparedQuery(CLAIM_POLL)
        .execute(Tuple.of(lease.toMillis()))
        .map(rows -> first(rows, DriftScans::poll));
  }

  /**
   * A poll has ended.
   *
   * @param from where the next one begins; empty: where this one did
   */
  public Future<Void> polled(TenantId tenant, Optional<Instant> from, Duration pause) {
    return pool.preparedQuery(POLLED)
        .execute(
            Tuple.of(tenant.value())
                .addOffsetDateTime(from.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .addLong(pause.toMillis()))
        .mapEmpty();
  }

  /** A scan that nobody had scheduled came to its end. */
  public Future<Void> noteFinished(TenantId tenant) {
    return pool.preparedQuery(NOTE_FINISHED).execute(Tuple.of(tenant.value())).mapEmpty();
  }

  public Future<State> state(TenantId tenant) {
    return pool.preparedQuery(STATE)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> first(rows, DriftScans::state).orElse(State.NONE));
  }

  private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(read.apply(rows.iterator().next()));
  }

  private static Turn turn(Row row) {
    UUID afterGroup = row.getUUID("after_group");
    return new Turn(
        new TenantId(row.getUUID("tenant_id")),
        row.getOffsetDateTime("started").toInstant(),
        new Position(
            Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
            afterGroup == null ? Claim.NO_GROUP : afterGroup));
  }

  private static Poll poll(Row row) {
    return new Poll(
        new TenantId(row.getUUID("tenant_id")), instant(row.getOffsetDateTime("events_from")));
  }

  private static State state(Row row) {
    return new State(
        instant(row.getOffsetDateTime("started")),
        instant(row.getOffsetDateTime("finished")),
        Optional.ofNullable(row.getString("problem")));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
