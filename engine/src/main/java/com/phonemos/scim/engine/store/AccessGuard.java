package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Stops mass loss of access: within an hour only so many users of a tenant lose access in Keycloak;
 * the others wait for an operator. It counts for all processes together.
 */
public final class AccessGuard {
  /** Two processes must not both let the last one pass. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('access_loss ' || $1::text, 0))";

  // What was released passes for a day, so that a push may fail and be tried again. What was
  // rejected stays so until somebody changes the user again. Whom Keycloak holds is counted only
  // when the smaller limit is reached.
  private static final String ADMIT =
      """
      WITH passed AS (
        SELECT count(*) AS users FROM access_loss
        WHERE tenant_id = $1 AND state = 'passed' AND at > now() - interval '1 hour'),
      verdict AS (
        SELECT CASE
          WHEN passed.users < $3 THEN 'passed'
          WHEN passed.users < $4 / 100.0 * (
            SELECT count(*) FROM keycloak_link WHERE tenant_id = $1 AND kind = 'USER')
          THEN 'passed' ELSE 'held' END AS state
        FROM passed),
      before AS (
        SELECT EXISTS (SELECT FROM access_loss WHERE tenant_id = $1 AND state = 'held') AS holding)
      INSERT INTO access_loss AS loss (tenant_id, user_id, state, at)
      SELECT $1, $2, verdict.state, now() FROM verdict
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET
        state = CASE
          WHEN loss.state = 'held' THEN 'held'
          WHEN loss.state = 'released' AND loss.at > now() - interval '1 day' THEN 'released'
          WHEN loss.state = 'rejected' AND NOT $5 THEN 'rejected'
          WHEN loss.state = 'passed' AND loss.at > now() - interval '1 hour' THEN 'passed'
          ELSE excluded.state END,
        at = CASE
          WHEN loss.state = 'held'
            OR loss.state = 'released' AND loss.at > now() - interval '1 day'
            OR loss.state = 'rejected' AND NOT $5
            OR loss.state = 'passed' AND loss.at > now() - interval '1 hour'
          THEN loss.at ELSE now() END
      RETURNING state, (SELECT holding FROM before) AS holding
      """;

  private static final String LINKED =
      "SELECT count(*) AS users FROM keycloak_link WHERE tenant_id = $1 AND kind = 'USER'";

  // Of those on whom the time has not passed, see ADMIT.
  private static final String DECIDED =
      """
      SELECT user_id, state FROM access_loss
      WHERE tenant_id = $1 AND (
        state IN ('held', 'rejected')
        OR state = 'released' AND at > now() - interval '1 day'
        OR state = 'passed' AND at > now() - interval '1 hour')
      """;

  private static final String LIST =
      """
      SELECT user_id, at, resource ->> 'userName' AS user_name, active
      FROM access_loss
      LEFT JOIN scim_user ON (scim_user.tenant_id, scim_user.id) = ($1, access_loss.user_id)
      WHERE access_loss.tenant_id = $1 AND state = 'held'
      ORDER BY at, user_id
      LIMIT $2
      """;

  private static final String RELEASE =
      """
      WITH released AS (
        UPDATE access_loss SET state = 'released', at = now()
        WHERE tenant_id = $1 AND state = 'held' AND ($2::uuid IS NULL OR user_id = $2)
        RETURNING user_id),
      woken AS (
        UPDATE due SET due_at = now(), attempts = 0, reason = NULL FROM released
        WHERE (due.tenant_id, due.kind, due.id) = ($1, 'USER', released.user_id)
          AND due.due_at = 'infinity')
      SELECT count(*) AS users FROM released
      """;

  // A user who is deleted here and stays in Keycloak is none of ours any more.
  private static final String REJECT =
      """
      WITH rejected AS (
        UPDATE access_loss SET state = 'rejected', at = now()
        WHERE tenant_id = $1 AND state = 'held' AND ($2::uuid IS NULL OR user_id = $2)
        RETURNING user_id),
      settled AS (
        DELETE FROM due USING rejected
        WHERE (due.tenant_id, due.kind, due.id) = ($1, 'USER', rejected.user_id)
          AND due.due_at = 'infinity'),
      unlinked AS (
        DELETE FROM keycloak_link AS link USING rejected
        WHERE (link.tenant_id, link.kind, link.id) = ($1, 'USER', rejected.user_id)
          AND NOT EXISTS (
            SELECT FROM scim_user
            WHERE (scim_user.tenant_id, scim_user.id) = ($1, rejected.user_id)))
      SELECT count(*) AS users FROM rejected
      """;

  private final Pool pool;

  public AccessGuard(Database database) {
    this.pool = database.pool();
  }

  /** What becomes of a loss of access. */
  public enum Verdict {
    PASS,
    /** It waits for an operator. */
    HOLD,
    /** An operator decided against it. */
    REJECT
  }

  /**
   * The answer to {@link #admit}.
   *
   * @param trips whether this is the first one that is held
   */
  public record Admission(Verdict verdict, boolean trips) {}

  /** A user whose loss of access waits. */
  public record Held(UUID user, Instant since, Optional<String> userName, boolean deleted) {}

  /**
   * Whether a user may lose access in Keycloak now. Repeating it for the same user counts once.
   *
   * @param change somebody asked for it; false when it is only repaired
   */
  public Future<Admission> admit(
      TenantId tenant, UUID user, TenantPolicy.Guard limits, boolean change) {
    return pool.withTransaction(sql ->
        sql.preparedQuery(LOCK)
            .execute(Tuple.of(tenant.value().toString()))
            .compose(locked ->
                sql.preparedQuery(ADMIT)
                    .execute(
                        Tuple.of(tenant.value(), user, limits.users(), limits.percent(), change)))
            .map(rows -> admission(rows.iterator().next())));
  }

  /**
   * What {@link #admit} would go by now.
   *
   * @param linked users that Keycloak holds
   * @param passed users who lost access within the last hour
   */
  public record Standing(
      long linked, Set<UUID> passed, Set<UUID> held, Set<UUID> released, Set<UUID> rejected) {}

  /** What {@link #admit} would go by now; decides nothing. */
  public Future<Standing> standing(TenantId tenant) {
    Future<RowSet<Row>> linked = pool.preparedQuery(LINKED).execute(Tuple.of(tenant.value()));
    Future<RowSet<Row>> decided = pool.preparedQuery(DECIDED).execute(Tuple.of(tenant.value()));
    return Future.all(linked, decided)
        .map(all ->
            new Standing(
                linked.result().iterator().next().getLong("users"),
                users(decided.result(), "passed"),
                users(decided.result(), "held"),
                users(decided.result(), "released"),
                users(decided.result(), "rejected")));
  }

  private static Set<UUID> users(RowSet<Row> decided, String state) {
    Set<UUID> users = new HashSet<>();
    for (Row row : decided) {
      if (row.getString("state").equals(state)) {
        users.add(row.getUUID("user_id"));
      }
    }
    return users;
  }

  /** The longest held first. */
  public Future<List<Held>> list(TenantId tenant, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(tenant.value(), limit))
        .map(rows -> {
          List<Held> held = new ArrayList<>(rows.size());
          rows.forEach(row -> held.add(held(row)));
          return List.copyOf(held);
        });
  }

  /**
   * Lets held losses of access go to Keycloak; answers how many.
   *
   * @param user empty: all of the tenant
   */
  public Future<Integer> release(TenantId tenant, Optional<UUID> user) {
    return decide(RELEASE, tenant, user);
  }

  /**
   * Keeps the access of those that are held until their next change; answers how many.
   *
   * @param user empty: all of the tenant
   */
  public Future<Integer> reject(TenantId tenant, Optional<UUID> user) {
    return decide(REJECT, tenant, user);
  }

  private Future<Integer> decide(String statement, TenantId tenant, Optional<UUID> user) {
    return pool.preparedQuery(statement)
        .execute(Tuple.of(tenant.value()).addUUID(user.orElse(null)))
        .map(rows -> rows.iterator().next().getLong("users").intValue());
  }

  private static Admission admission(Row row) {
    return switch (row.getString("state")) {
      case "held" -> new Admission(Verdict.HOLD, !row.getBoolean("holding"));
      case "rejected" -> new Admission(Verdict.REJECT, false);
      default -> new Admission(Verdict.PASS, false);
    };
  }

  private static Held held(Row row) {
    return new Held(
        row.getUUID("user_id"),
        row.getOffsetDateTime("at").toInstant(),
        Optional.ofNullable(row.getString("user_name")),
        row.getBoolean("active") == null);
  }
}
