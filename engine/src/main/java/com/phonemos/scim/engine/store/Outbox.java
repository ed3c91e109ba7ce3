package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The set of resources that are due: whose state in Keycloak may differ from the one here. The
 * write path marks; this claims and settles.
 *
 * <p>Claimed rows carry no reason, rows that back off or were given up do: by that a new mark can
 * tell whom it must leave alone until the lease ends and whom it may wake at once.
 *
 * <p>Statements here lock only what nobody else has locked, or hold the tenant's lock as the write
 * path does. So the push can never take part in a deadlock.
 */
public final class Outbox {
  private static final String CLAIM =
      """
      WITH claimable AS MATERIALIZED (
        SELECT tenant_id, kind, id, group_id FROM due
        WHERE tenant_id = $1 AND priority <= $2 AND due_at <= now()
          AND EXISTS (SELECT FROM tenant WHERE id = $1 AND state = 'active')
        ORDER BY priority, due_at
        LIMIT $3
        FOR UPDATE SKIP LOCKED)
      UPDATE due SET
        due_at = now() + $4 * interval '1 millisecond', attempts = attempts + 1, reason = NULL
      FROM claimable
      WHERE (due.tenant_id, due.kind, due.id, due.group_id)
          = (claimable.tenant_id, claimable.kind, claimable.id, claimable.group_id)
      RETURNING due.kind, due.id, due.group_id, due.priority, due.cause, due.generation,
        due.attempts, (extract(epoch FROM now() - due.marked_at) * 1000)::bigint AS age_ms
      """;

  // What was marked since it was claimed is due at once, whatever became of the older state.
  private static final String SETTLE =
      """
      WITH outcome AS (
        SELECT * FROM unnest(
          $1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::bigint[], $6::boolean[],
          $7::bigint[], $8::boolean[], $9::text[])
        AS o (tenant_id, kind, id, group_id, generation, done, delay_ms, counted, reason)),
      locked AS MATERIALIZED (
        SELECT due.tenant_id, due.kind, due.id, due.group_id,
          due.generation = outcome.generation AS current,
          outcome.done, outcome.delay_ms, outcome.counted, outcome.reason
        FROM due JOIN outcome USING (tenant_id, kind, id, group_id)
        FOR UPDATE OF due SKIP LOCKED),
      settled AS (
        DELETE FROM due USING locked
        WHERE (due.tenant_id, due.kind, due.id, due.group_id)
            = (locked.tenant_id, locked.kind, locked.id, locked.group_id)
          AND locked.current AND locked.done
        RETURNING due.tenant_id, due.kind, due.id, due.group_id),
      repaired AS (
        UPDATE drift_finding AS finding SET repaired = now() FROM settled
        WHERE finding.repaired IS NULL
          AND (finding.tenant_id, finding.kind, finding.id, finding.group_id)
            = (settled.tenant_id, settled.kind, settled.id, settled.group_id)),
      kept AS (
        UPDATE due SET
          due_at = CASE
            WHEN NOT locked.current THEN now()
            WHEN locked.delay_ms IS NULL THEN 'infinity'
            ELSE now() + locked.delay_ms * interval '1 millisecond' END,
          attempts = CASE
            WHEN NOT locked.current THEN 0
            WHEN locked.counted THEN due.attempts
            ELSE greatest(due.attempts - 1, 0) END,
          reason = CASE WHEN locked.current THEN locked.reason END
        FROM locked
        WHERE (due.tenant_id, due.kind, due.id, due.group_id)
            = (locked.tenant_id, locked.kind, locked.id, locked.group_id)
          AND NOT (locked.current AND locked.done))
      SELECT tenant_id, kind, id, group_id, current FROM locked
      """;

  private static final String LOCK_TENANT = "SELECT FROM tenant WHERE id = $1 FOR UPDATE";

  private static final String MARK_MEMBERSHIPS =
      """
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      SELECT $1, 'MEMBERSHIP', id, group_id, 3, now(), now() FROM flat
      ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
        generation = due.generation + 1, attempts = 0, reason = NULL,
        due_at = CASE WHEN due.reason IS NULL THEN due.due_at ELSE now() END
      """;
  private static final String MARK_MEMBERSHIPS_OF_USER = FlatMembers.OF_USER + MARK_MEMBERSHIPS;
  private static final String MARK_MEMBERSHIPS_OF_GROUP = FlatMembers.OF_GROUP + MARK_MEMBERSHIPS;

  private static final String MARK_FOR_REPAIR =
      """
      INSERT INTO due (tenant_id, kind, id, group_id, priority, cause, marked_at, due_at)
      SELECT tenant_id, kind, id, group_id, 2, 'reconcile', now(), now()
      FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[])
        AS r (tenant_id, kind, id, group_id)
      ON CONFLICT DO NOTHING
      """;

  // Steps from tenant to tenant through the index: the cost is that of the tenants with something
  // due, however many tenants there are and however much is due.
  private static final String DUE_TENANTS =
      """
      WITH RECURSIVE with_due AS (
        (SELECT tenant_id FROM due ORDER BY tenant_id LIMIT 1)
        UNION ALL
        SELECT (SELECT d.tenant_id FROM due AS d WHERE d.tenant_id > with_due.tenant_id
                ORDER BY d.tenant_id LIMIT 1)
        FROM with_due WHERE with_due.tenant_id IS NOT NULL)
      SELECT id FROM tenant
      WHERE id IN (SELECT tenant_id FROM with_due)
        AND keycloak_url IS NOT NULL AND state = 'active'
        AND EXISTS (SELECT FROM due WHERE due.tenant_id = tenant.id AND due.due_at <= now())
      """;

  private final Pool pool;

  public Outbox(Database database) {
    this.pool = database.pool();
  }

  /**
   * What settling came to.
   *
   * @param renewed those that were marked while they were pushed, and are due again now
   * @param missed those whose row is locked by a writer at this moment, or gone
   */
  public record Settled(Set<Claim> renewed, Set<Settlement> missed) {}

  /** The active tenants with a Keycloak that have something to claim now. */
  public Future<List<TenantId>> dueTenants() {
    return pool.preparedQuery(DUE_TENANTS)
        .execute()
        .map(rows -> {
          List<TenantId> tenants = new ArrayList<>(rows.size());
          rows.forEach(row -> tenants.add(new TenantId(row.getUUID("id"))));
          return tenants;
        });
  }

  /**
   * Claims due resources of an active tenant, loss of access first, then the longest due. Nobody
   * else gets them until the lease ends or they are settled.
   *
   * @param lowestPriority the highest number that is claimed, see {@link Claim#priority()}
   */
  public Future<List<Claim>> claim(TenantId tenant, int lowestPriority, int limit, Duration lease) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(tenant.value(), lowestPriority, limit, lease.toMillis()))
        .map(rows -> claims(tenant, rows));
  }

  /** Ends claims; each only for the generation that was claimed. */
  public Future<Settled> settle(List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return Future.succeededFuture(new Settled(Set.of(), Set.of()));
    }
    return pool.preparedQuery(SETTLE)
        .execute(settlementTuple(settlements))
        .map(rows -> settled(settlements, rows));
  }

  /** Makes every membership of a user due, because the user is new in Keycloak. */
  public Future<Void> markMembershipsOfUser(TenantId tenant, UUID user) {
    return markMemberships(MARK_MEMBERSHIPS_OF_USER, tenant, user);
  }

  /** Makes every membership of a group due, because the group is new in Keycloak. */
  public Future<Void> markMembershipsOfGroup(TenantId tenant, UUID group) {
    return markMemberships(MARK_MEMBERSHIPS_OF_GROUP, tenant, group);
  }

  /** Has resources compared and repaired, unless they are due already. */
  public Future<Void> markForRepair(TenantId tenant, Collection<Key> resources) {
    if (resources.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Key> keys = List.copyOf(resources);
    return pool.preparedQuery(MARK_FOR_REPAIR)
        .execute(
            Tuple.of(
                keys.stream().map(key -> tenant.value()).toArray(UUID[]::new),
                keys.stream().map(Key::kind).toArray(String[]::new),
                keys.stream().map(Key::id).toArray(UUID[]::new),
                keys.stream().map(Key::group).toArray(UUID[]::new)))
        .mapEmpty();
  }

  private Future<Void> markMemberships(String statement, TenantId tenant, UUID id) {
    return pool.withTransaction(sql ->
        sql.preparedQuery(LOCK_TENANT)
            .execute(Tuple.of(tenant.value()))
            .compose(locked -> sql.preparedQuery(statement).execute(Tuple.of(tenant.value(), id)))
            .mapEmpty());
  }

  private static List<Claim> claims(TenantId tenant, RowSet<Row> rows) {
    List<Claim> claims = new ArrayList<>(rows.size());
    rows.forEach(row -> claims.add(claim(tenant, row)));
    return claims;
  }

  static Claim claim(TenantId tenant, Row row) {
    return new Claim(
        tenant,
        DueKind.valueOf(row.getString("kind")),
        row.getUUID("id"),
        row.getUUID("group_id"),
        row.getShort("priority"),
        row.getString("cause").equals("change"),
        row.getLong("generation"),
        row.getInteger("attempts"),
        Duration.ofMillis(row.getLong("age_ms")));
  }

  private static Tuple settlementTuple(List<Settlement> settlements) {
    int size = settlements.size();
    UUID[] tenants = new UUID[size];
    String[] kinds = new String[size];
    UUID[] ids = new UUID[size];
    UUID[] groups = new UUID[size];
    Long[] generations = new Long[size];
    Boolean[] done = new Boolean[size];
    @Nullable Long[] delays = new Long[size];
    Boolean[] counted = new Boolean[size];
    @Nullable String[] reasons = new String[size];
    for (int i = 0; i < size; i++) {
      Settlement settlement = settlements.get(i);
      Claim claim = settlement.claim();
      tenants[i] = claim.tenant().value();
      kinds[i] = claim.kind().name();
      ids[i] = claim.id();
      groups[i] = claim.groupId();
      generations[i] = claim.generation();
      done[i] = settlement.done();
      delays[i] = settlement.delay().map(Duration::toMillis).orElse(null);
      counted[i] = settlement.counted();
      reasons[i] = settlement.reasonIfAny().orElse(null);
    }
    return Tuple.of(tenants, kinds, ids, groups, generations, done)
        .addArrayOfLong(delays)
        .addArrayOfBoolean(counted)
        .addArrayOfString(reasons);
  }

  private static Settled settled(Collection<Settlement> settlements, RowSet<Row> rows) {
    Set<Key> locked = new HashSet<>();
    Set<Key> renewed = new HashSet<>();
    for (Row row : rows) {
      Key key =
          new Key(
              row.getUUID("tenant_id"),
              row.getString("kind"),
              row.getUUID("id"),
              row.getUUID("group_id"));
      locked.add(key);
      if (!row.getBoolean("current")) {
        renewed.add(key);
      }
    }
    Set<Claim> renewedClaims = new HashSet<>();
    Set<Settlement> missed = new HashSet<>();
    for (Settlement settlement : settlements) {
      Key key = Key.of(settlement.claim());
      if (!locked.contains(key)) {
        missed.add(settlement);
      } else if (renewed.contains(key)) {
        renewedClaims.add(settlement.claim());
      }
    }
    return new Settled(renewedClaims, missed);
  }

  /**
   * A row of the due set.
   *
   * @param group of a membership; otherwise {@link Claim#NO_GROUP}
   */
  public record Key(UUID tenant, String kind, UUID id, UUID group) {
    static Key of(Claim claim) {
      return new Key(claim.tenant().value(), claim.kind().name(), claim.id(), claim.groupId());
    }
  }
}
