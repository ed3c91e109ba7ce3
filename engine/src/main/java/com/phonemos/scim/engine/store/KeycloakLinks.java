package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which account or group of Keycloak belongs to which resource. A link survives the resource until
 * its removal has reached Keycloak. At most one resource is linked to an account.
 */
public final class KeycloakLinks {
  private static final String FIND =
      """
      SELECT id, keycloak_id FROM keycloak_link
      WHERE tenant_id = $1 AND kind = $2 AND id = ANY($3::uuid[])
      """;

  private static final String OWNERS =
      """
      SELECT id, keycloak_id FROM keycloak_link
      WHERE tenant_id = $1 AND kind = $2 AND keycloak_id = ANY($3::text[])
      """;

  private static final String PAGE =
      """
      SELECT id, keycloak_id FROM keycloak_link
      WHERE tenant_id = $1 AND kind = $2 AND id > $3 AND linked < $4
      ORDER BY id
      LIMIT $5
      """;

  private static final String IS_OTHERS =
      """
      SELECT EXISTS (
        SELECT FROM keycloak_link
        WHERE tenant_id <> $1 AND kind = $2 AND keycloak_id = $3) AS others
      """;

  private static final String STORE =
      """
      INSERT INTO keycloak_link (tenant_id, kind, id, keycloak_id)
      SELECT n.* FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[])
        AS n (tenant_id, kind, id, keycloak_id)
      WHERE NOT EXISTS (
        SELECT FROM keycloak_link AS l
        WHERE (l.tenant_id, l.kind, l.keycloak_id) = (n.tenant_id, n.kind, n.keycloak_id)
          AND l.id <> n.id)
      ON CONFLICT (tenant_id, kind, id) DO UPDATE SET keycloak_id = excluded.keycloak_id
      RETURNING tenant_id, kind, id
      """;

  // Those that waited for the link need not wait any longer; those being pushed are left alone.
  private static final String WAKE_MEMBERSHIPS =
      """
      WITH linked AS (
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS l (tenant_id, kind, id)),
      waiting AS MATERIALIZED (
        SELECT due.tenant_id, due.id, due.group_id
        FROM linked JOIN due
          ON due.tenant_id = linked.tenant_id AND due.kind = 'MEMBERSHIP' AND due.id = linked.id
        WHERE linked.kind = 'USER' AND due.reason IS NOT NULL AND due.due_at > now()
        FOR UPDATE OF due SKIP LOCKED)
      UPDATE due SET due_at = now() FROM waiting
      WHERE (due.tenant_id, due.kind, due.id, due.group_id)
          = (waiting.tenant_id, 'MEMBERSHIP', waiting.id, waiting.group_id)
      """;

  private static final String LINK_BY_HAND =
      FlatMembers.OF_USER
          + """
          , linked AS (
            INSERT INTO keycloak_link (tenant_id, kind, id, keycloak_id)
            SELECT $1, 'USER', $2, $3
            WHERE EXISTS (SELECT FROM scim_user WHERE (tenant_id, id) = ($1, $2))
              AND NOT EXISTS (
                SELECT FROM keycloak_link WHERE kind = 'USER' AND keycloak_id = $3 AND id <> $2)
            ON CONFLICT (tenant_id, kind, id) DO UPDATE SET keycloak_id = excluded.keycloak_id
            RETURNING id),
          members AS (
            INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
            SELECT $1, 'MEMBERSHIP', flat.id, flat.group_id, 3, now(), now()
            FROM flat JOIN linked ON linked.id = flat.id
            ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
              generation = due.generation + 1, attempts = 0, reason = NULL, due_at = now())
          INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
          SELECT $1, 'USER', id, '00000000-0000-0000-0000-000000000000', 2, now(), now() FROM linked
          ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
            generation = due.generation + 1, attempts = 0, reason = NULL, due_at = now()
          """;

  private static final String REMOVE =
      """
      DELETE FROM keycloak_link AS l
      USING unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[])
        AS r (tenant_id, kind, id, keycloak_id)
      WHERE (l.tenant_id, l.kind, l.id, l.keycloak_id)
          = (r.tenant_id, r.kind, r.id, r.keycloak_id)
      """;

  private final Pool pool;

  public KeycloakLinks(Database database) {
    this.pool = database.pool();
  }

  /**
   * One pair.
   *
   * @param kind {@link DueKind#USER} or {@link DueKind#GROUP}
   * @param id of the resource
   * @param keycloakId of the account or group
   */
  public record Link(TenantId tenant, DueKind kind, UUID id, String keycloakId) {}

  /** Keycloak's id by ours, for those that are linked. */
  public Future<Map<UUID, String>> find(TenantId tenant, DueKind kind, Set<UUID> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(tenant.value(), kind.name(), ids.toArray(UUID[]::new)))
        .map(rows -> {
          Map<UUID, String> found = new HashMap<>();
          rows.forEach(row -> found.put(row.getUUID("id"), row.getString("keycloak_id")));
          return found;
        });
  }

  /** Our id by Keycloak's, for those that are linked. */
  public Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds) {
    if (keycloakIds.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(OWNERS)
        .execute(Tuple.of(tenant.value(), kind.name(), keycloakIds.toArray(String[]::new)))
        .map(rows -> {
          Map<String, UUID> found = new HashMap<>();
          rows.forEach(row -> found.put(row.getString("keycloak_id"), row.getUUID("id")));
          return found;
        });
  }

  /**
   * A page of all links, by id.
   *
   * @param after the last id of the page before
   * @param before when they were made, at the latest
   */
  public Future<SequencedMap<UUID, String>> page(
      TenantId tenant, DueKind kind, UUID after, Instant before, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(
            Tuple.of(tenant.value(), kind.name(), after, before.atOffset(ZoneOffset.UTC), limit))
        .map(rows -> {
          SequencedMap<UUID, String> page = new LinkedHashMap<>();
          rows.forEach(row -> page.put(row.getUUID("id"), row.getString("keycloak_id")));
          return page;
        });
  }

  /** Whether another tenant is linked to an account or group of Keycloak. */
  public Future<Boolean> isOthers(TenantId tenant, DueKind kind, String keycloakId) {
    return pool.preparedQuery(IS_OTHERS)
        .execute(Tuple.of(tenant.value(), kind.name(), keycloakId))
        .map(rows -> rows.iterator().next().getBoolean("others"));
  }

  /**
   * Links a user to an account because an operator says so, and has it pushed.
   *
   * @return false when the account belongs to another resource already, or the user does not exist
   */
  public Future<Boolean> linkByHand(TenantId tenant, UUID user, String keycloakId) {
    return pool.preparedQuery(LINK_BY_HAND)
        .execute(Tuple.of(tenant.value(), user, keycloakId))
        .map(rows -> rows.rowCount() > 0);
  }

  /**
   * Stores links, replacing older ones of the same resources, and wakes memberships that waited for
   * them. A link to what already belongs to another resource is left out.
   */
  public Future<Void> store(Collection<Link> links) {
    if (links.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Link> latest = latestOfEach(links);
    UUID[] tenants = array(latest, link -> link.tenant().value()).toArray(UUID[]::new);
    String[] kinds = array(latest, link -> link.kind().name()).toArray(String[]::new);
    UUID[] ids = array(latest, Link::id).toArray(UUID[]::new);
    String[] targets = array(latest, Link::keycloakId).toArray(String[]::new);
    return pool.preparedQuery(STORE)
        .execute(Tuple.of(tenants, kinds, ids, targets))
        .compose(
            stored -> pool.preparedQuery(WAKE_MEMBERSHIPS).execute(Tuple.of(tenants, kinds, ids)))
        .mapEmpty();
  }

  /** Removes links, each only while it still names the same account or group. */
  public Future<Void> remove(Collection<Link> links) {
    if (links.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Link> removed = List.copyOf(links);
    return pool.preparedQuery(REMOVE)
        .execute(
            Tuple.of(
                array(removed, link -> link.tenant().value()).toArray(UUID[]::new),
                array(removed, link -> link.kind().name()).toArray(String[]::new),
                array(removed, Link::id).toArray(UUID[]::new),
                array(removed, Link::keycloakId).toArray(String[]::new)))
        .mapEmpty();
  }

  /** One statement cannot write a row twice. */
  private static List<Link> latestOfEach(Collection<Link> links) {
    Map<List<Object>, Link> latest = new LinkedHashMap<>();
    for (Link link : links) {
      latest.put(List.of(link.tenant(), link.kind(), link.id()), link);
    }
    return List.copyOf(latest.values());
  }

  private static <T> List<T> array(List<Link> links, Function<Link, T> column) {
    List<T> values = new ArrayList<>(links.size());
    links.forEach(link -> values.add(column.apply(link)));
    return values;
  }
}
