package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What Keycloak should have had for some time, because nothing of it is due. What differs from it
 * there was changed by somebody else.
 */
public final class SteadyStates {
  // What an operator decided to keep is no difference; see AccessGuard.
  private static final String USERS =
      """
      SELECT id, resource::text AS resource, revision FROM scim_user AS u
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])
        AND NOT EXISTS (
          SELECT FROM due WHERE (due.tenant_id, due.kind, due.id) = ($1, 'USER', u.id))
        AND NOT EXISTS (
          SELECT FROM access_loss AS loss
          WHERE (loss.tenant_id, loss.user_id, loss.state) = ($1, u.id, 'rejected'))
      """;

  private static final String GROUPS =
      """
      SELECT id, resource::text AS resource, revision FROM scim_group AS g
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])
        AND NOT EXISTS (
          SELECT FROM due WHERE (due.tenant_id, due.kind, due.id) = ($1, 'GROUP', g.id))
      """;

  // A user or group that is only put back keeps its memberships, or they become due with it.
  private static final String IS_UNSTEADY =
      """
      SELECT EXISTS (
          SELECT FROM due
          WHERE (tenant_id, kind, id, group_id) = ($1, 'MEMBERSHIP', $2, $3))
        OR EXISTS (
          SELECT FROM due WHERE (tenant_id, kind, id, cause) = ($1, 'USER', $2, 'change'))
        OR EXISTS (
          SELECT FROM due WHERE (tenant_id, kind, id, cause) = ($1, 'GROUP', $3, 'change'))
        AS unsteady
      """;

  private static final String MEMBERS =
      FlatMembers.OF_GROUP
          + """
          SELECT flat.id FROM flat
          JOIN keycloak_link AS l ON (l.tenant_id, l.kind, l.id) = ($1, 'USER', flat.id)
          """;

  private final Pool pool;
  private final DesiredStates desired;

  public SteadyStates(Database database) {
    this.pool = database.pool();
    this.desired = new DesiredStates(database);
  }

  /**
   * A user or group of which nothing is due.
   *
   * @param revision is another one after any change
   */
  public record Steady(Attributes attributes, long revision) {}

  /** Those that exist here and of which nothing is due, by id. */
  public Future<Map<UUID, Steady>> read(TenantId tenant, DueKind kind, Set<UUID> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(kind == DueKind.USER ? USERS : GROUPS)
        .execute(Tuple.of(tenant.value()).addArrayOfUUID(ids.toArray(UUID[]::new)))
        .map(rows -> {
          Map<UUID, Steady> found = new HashMap<>();
          for (Row row : rows) {
            found.put(
                row.getUUID("id"),
                new Steady(
                    DesiredStates.attributes(row.getString("resource")), row.getLong("revision")));
          }
          return found;
        });
  }

  /** Whether a user should be a member of a group; empty while anything about it is due. */
  public Future<Optional<Boolean>> isMember(TenantId tenant, DesiredStates.Membership membership) {
    return pool.preparedQuery(IS_UNSTEADY)
        .execute(Tuple.of(tenant.value(), membership.user(), membership.group()))
        .compose(rows ->
            rows.iterator().next().getBoolean("unsteady")
                ? Future.succeededFuture(Optional.empty())
                : desired
                    .memberships(tenant, Set.of(membership))
                    .map(found -> Optional.of(found.contains(membership))));
  }

  /** The users who should be members of a group and have an account. */
  public Future<Set<UUID>> members(TenantId tenant, UUID group) {
    return pool.preparedQuery(MEMBERS)
        .execute(Tuple.of(tenant.value(), group))
        .map(rows -> {
          Set<UUID> members = new HashSet<>();
          rows.forEach(row -> members.add(row.getUUID("id")));
          return members;
        });
  }
}
