package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The due set as operators see it: what waits for Keycloak, what was given up, and why. */
public final class DueList {
  /** Those that need an operator first, then the oldest. */
  private static final String LIST =
      """
      SELECT kind, id, NULLIF(group_id, '00000000-0000-0000-0000-000000000000') AS group_id,
             attempts, reason, marked_at,
             CASE WHEN due_at < 'infinity' THEN due_at END AS due_at
      FROM due
      WHERE tenant_id = $1
      ORDER BY due.due_at = 'infinity' DESC, marked_at, kind, id, group_id
      LIMIT $2
      """;

  /**
   * What failed is due now. What is due soon anyway stays as it is: it may be on its way, and its
   * lease keeps a second push away from it.
   */
  private static final String RETRY =
      """
      UPDATE due SET due_at = now(), attempts = 0
      WHERE tenant_id = $1 AND reason IS NOT NULL AND due_at > now() + interval '60 seconds'
      """;

  private static final String REJECT =
      """
      DELETE FROM due
      WHERE tenant_id = $1 AND id = $2 AND kind IN ('USER', 'MEMBERSHIP')
        AND EXISTS (
          SELECT FROM due AS given_up
          WHERE (given_up.tenant_id, given_up.kind, given_up.id) = ($1, 'USER', $2)
            AND given_up.due_at = 'infinity')
      """;

  private static final String STATISTICS =
      """
      SELECT count(*) FILTER (WHERE due_at < 'infinity' AND priority = 0) AS losses,
             min(marked_at) FILTER (WHERE due_at < 'infinity' AND priority = 0) AS oldest_loss,
             count(*) FILTER (WHERE due_at < 'infinity' AND priority > 0) AS others,
             min(marked_at) FILTER (WHERE due_at < 'infinity' AND priority > 0) AS oldest_other,
             count(*) FILTER (WHERE due_at = 'infinity') AS given_up,
             (SELECT count(*) FROM access_loss WHERE state = 'held') AS held,
             now() AS now
      FROM due
      """;

  private final Database database;

  /**
   * A resource, or a membership, that may differ in Keycloak.
   *
   * @param kind {@code USER}, {@code GROUP} or {@code MEMBERSHIP}
   * @param id of the user, or of the group where the kind is GROUP
   * @param group of a MEMBERSHIP
   * @param reason of the last failure
   * @param due when it is tried next; absent: given up, until it changes or an operator retries
   */
  public record Due(
      String kind,
      UUID id,
      Optional<UUID> group,
      int attempts,
      Optional<String> reason,
      Instant marked,
      Optional<Instant> due) {}

  /**
   * What is on its way.
   *
   * @param oldest age of the oldest mark; zero when nothing waits
   */
  public record Waiting(long count, Duration oldest) {
    static final Waiting NONE = new Waiting(0, Duration.ZERO);
  }

  /**
   * How far Keycloak is behind.
   *
   * @param losses of access, see {@link Claim#LOSS_OF_ACCESS}
   * @param others all that is less urgent
   * @param held users whose loss of access the guard holds
   */
  public record Statistics(Waiting losses, Waiting others, long givenUp, long held) {
    public static final Statistics NONE = new Statistics(Waiting.NONE, Waiting.NONE, 0, 0);

    /** Of both kinds. */
    public long waiting() {
      return losses.count + others.count;
    }

    /** Of both kinds. */
    public Duration oldest() {
      return losses.oldest.compareTo(others.oldest) > 0 ? losses.oldest : others.oldest;
    }
  }

  public DueList(Database database) {
    this.database = database;
  }

  /** Given up first, then by age. */
  public Future<List<Due>> list(TenantId tenant, int limit) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(Tuple.of(tenant.value(), limit))
        .map(rows -> {
          List<Due> list = new ArrayList<>(rows.size());
          rows.forEach(row -> list.add(due(row)));
          return List.copyOf(list);
        });
  }

  /** Makes everything that failed due at once; answers how many. */
  public Future<Integer> retry(TenantId tenant) {
    return database
        .pool()
        .preparedQuery(RETRY)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> rows.rowCount());
  }

  /**
   * Drops a user that was given up, and its memberships, until the next change; answers how many
   * rows.
   */
  public Future<Integer> reject(TenantId tenant, UUID user) {
    return database
        .pool()
        .preparedQuery(REJECT)
        .execute(Tuple.of(tenant.value(), user))
        .map(rows -> rows.rowCount());
  }

  /** Over all tenants. */
  public Future<Statistics> statistics() {
    return database
        .pool()
        .preparedQuery(STATISTICS)
        .execute()
        .map(rows -> statistics(rows.iterator().next()));
  }

  private static Due due(Row row) {
    return new Due(
        row.getString("kind"),
        row.getUUID("id"),
        Optional.ofNullable(row.getUUID("group_id")),
        row.getInteger("attempts"),
        Optional.ofNullable(row.getString("reason")),
        row.getOffsetDateTime("marked_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("due_at")).map(OffsetDateTime::toInstant));
  }

  private static Statistics statistics(Row row) {
    return new Statistics(
        waiting(row, "losses", "oldest_loss"),
        waiting(row, "others", "oldest_other"),
        row.getLong("given_up"),
        row.getLong("held"));
  }

  private static Waiting waiting(Row row, String count, String oldest) {
    OffsetDateTime marked = row.getOffsetDateTime(oldest);
    return new Waiting(
        row.getLong(count),
        marked == null ? Duration.ZERO : Duration.between(marked, row.getOffsetDateTime("now")));
  }
}
