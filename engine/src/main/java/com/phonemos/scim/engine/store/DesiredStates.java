package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What Keycloak should hold, as it is here at this moment. */
public final class DesiredStates {
  private static final String USERS =
      """
      SELECT id, resource::text AS resource FROM scim_user
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])
      """;

  private static final String GROUPS =
      """
      SELECT id, resource::text AS resource FROM scim_group
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])
      """;

  private static final String MEMBERSHIPS =
      """
      SELECT wanted.user_id, wanted.group_id
      FROM unnest($2::uuid[], $3::uuid[]) AS wanted (user_id, group_id)
      WHERE %s
        AND EXISTS (
          SELECT FROM scim_user AS u WHERE (u.tenant_id, u.id) = ($1, wanted.user_id))
        AND EXISTS (
          SELECT FROM scim_group AS g WHERE (g.tenant_id, g.id) = ($1, wanted.group_id))
      """
          .formatted(FlatMembers.IS_ONE);

  private static final String IS_ALIVE =
      """
      SELECT EXISTS (SELECT FROM due WHERE (tenant_id, kind, id) = ($1, $2, $3))
        OR CASE $2
          WHEN 'USER' THEN EXISTS (SELECT FROM scim_user WHERE (tenant_id, id) = ($1, $3))
          ELSE EXISTS (SELECT FROM scim_group WHERE (tenant_id, id) = ($1, $3)) END AS alive
      """;

  private static final JsonMapper JSON = new JsonMapper();

  private final Pool pool;

  public DesiredStates(Database database) {
    this.pool = database.pool();
  }

  /** One user's membership in one group. */
  public record Membership(UUID user, UUID group) {}

  /**
   * The desired state of some resources. What was asked for and is missing should not exist.
   *
   * @param users by id
   * @param groups by id, without their members
   * @param memberships of existing users in existing groups
   */
  public record Desired(
      Map<UUID, Attributes> users, Map<UUID, Attributes> groups, Set<Membership> memberships) {}

  /** Reads what the claims are about. All of them must be of this tenant. */
  public Future<Desired> read(TenantId tenant, Collection<Claim> claims) {
    Set<UUID> users = new HashSet<>();
    Set<UUID> groups = new HashSet<>();
    Set<Membership> memberships = new HashSet<>();
    for (Claim claim : claims) {
      switch (claim.kind()) {
        case USER -> users.add(claim.id());
        case GROUP -> groups.add(claim.id());
        case MEMBERSHIP -> memberships.add(new Membership(claim.id(), claim.groupId()));
      }
    }
    Future<Map<UUID, Attributes>> desiredUsers = resources(USERS, tenant, users);
    Future<Map<UUID, Attributes>> desiredGroups = resources(GROUPS, tenant, groups);
    Future<Set<Membership>> desiredMemberships = memberships(tenant, memberships);
    return Future.all(desiredUsers, desiredGroups, desiredMemberships)
        .map(all ->
            new Desired(
                desiredUsers.result(), desiredGroups.result(), desiredMemberships.result()));
  }

  /** Whether a user or group exists here, active or not, or its removal has yet to be pushed. */
  public Future<Boolean> isAlive(TenantId tenant, DueKind kind, UUID id) {
    return pool.preparedQuery(IS_ALIVE)
        .execute(Tuple.of(tenant.value(), kind.name(), id))
        .map(rows -> rows.iterator().next().getBoolean("alive"));
  }

  private Future<Map<UUID, Attributes>> resources(
      String statement, TenantId tenant, Set<UUID> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(statement)
        .execute(Tuple.of(tenant.value()).addArrayOfUUID(ids.toArray(UUID[]::new)))
        .map(DesiredStates::attributesById);
  }

  Future<Set<Membership>> memberships(TenantId tenant, Set<Membership> asked) {
    if (asked.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    UUID[] users = asked.stream().map(Membership::user).toArray(UUID[]::new);
    UUID[] groups = asked.stream().map(Membership::group).toArray(UUID[]::new);
    return pool.preparedQuery(MEMBERSHIPS)
        .execute(Tuple.of(tenant.value(), users, groups))
        .map(rows -> {
          Set<Membership> found = new HashSet<>();
          rows.forEach(
              row -> found.add(new Membership(row.getUUID("user_id"), row.getUUID("group_id"))));
          return found;
        });
  }

  private static Map<UUID, Attributes> attributesById(RowSet<Row> rows) {
    Map<UUID, Attributes> found = new HashMap<>();
    for (Row row : rows) {
      found.put(row.getUUID("id"), attributes(row.getString("resource")));
    }
    return found;
  }

  static Attributes attributes(String json) {
    try {
      return Attributes.of(JSON.readValue(json, ObjectNode.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a JSON object in the column resource", e);
    }
  }
}
