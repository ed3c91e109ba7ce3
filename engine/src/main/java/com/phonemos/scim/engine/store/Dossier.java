package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Everything that is kept about one person or group, by keys alone, so that it is quick. */
public final class Dossier {
  private static final String USERS =
      """
      SELECT id, active, revision, modified FROM scim_user
      WHERE tenant_id = $1 AND user_name_key = $2
      UNION
      SELECT id, active, revision, modified FROM scim_user
      WHERE tenant_id = $1 AND email_keys @> ARRAY[$2]
      UNION
      SELECT id, active, revision, modified FROM scim_user
      WHERE tenant_id = $1 AND external_id = $3
      LIMIT 20
      """;

  private static final String GROUP =
      """
      SELECT id FROM scim_group WHERE tenant_id = $1 AND display_name_key = $2
      """;

  private static final String GROUPS =
      """
      SELECT g.id, g.resource->>'displayName' AS name
      FROM group_member m JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.group_id)
      WHERE m.tenant_id = $1 AND m.member_id = $2
      ORDER BY name LIMIT 200
      """;

  private static final String CHANGES =
      """
      SELECT revision, at, request_id, operation,
             (SELECT coalesce(array_agg(DISTINCT key ORDER BY key), '{}') FROM (
               SELECT jsonb_object_keys(coalesce(before, '{}')) AS key
               UNION SELECT jsonb_object_keys(coalesce(after, '{}'))) AS names) AS attributes
      FROM journal
      WHERE tenant_id = $1 AND resource_id = $2
      ORDER BY revision DESC LIMIT $3
      """;

  private static final String MEMBERSHIP_CHANGES =
      """
      SELECT revision, at, request_id, operation,
             ARRAY[CASE WHEN after->'members' ? $3 THEN 'added' ELSE 'removed' END] AS attributes
      FROM journal
      WHERE tenant_id = $1 AND resource_id = $2
        AND (after->'members' ? $3 OR before->'members' ? $3)
      ORDER BY revision DESC LIMIT $4
      """;

  private static final String DUE =
      """
      SELECT kind, NULLIF(group_id, '00000000-0000-0000-0000-000000000000') AS group_id, attempts,
             reason, marked_at, CASE WHEN due_at < 'infinity' THEN due_at END AS due_at
      FROM due WHERE tenant_id = $1 AND kind IN ('USER', 'MEMBERSHIP') AND id = $2
      ORDER BY kind DESC, group_id LIMIT 200
      """;

  private static final String LINK =
      """
      SELECT keycloak_id FROM keycloak_link WHERE tenant_id = $1 AND kind = 'USER' AND id = $2
      """;

  private final Database database;

  /** A user as stored. */
  public record User(UUID id, boolean active, long revision, Instant modified) {}

  /** A group by its name. */
  public record Group(UUID id, String name) {}

  /**
   * A committed change.
   *
   * @param attributes whose values changed; {@code added} or {@code removed} for a membership
   */
  public record Change(
      long revision, Instant at, String requestId, String operation, List<String> attributes) {}

  public Dossier(Database database) {
    this.database = database;
  }

  /**
   * Those whose user name, e-mail address or external id it is; more than one where a name is one's
   * user name and another's address.
   */
  public Future<List<User>> users(TenantId tenant, String name) {
    return select(
        USERS,
        Tuple.of(tenant.value(), Folding.fold(name), name),
        row ->
            new User(
                row.getUUID("id"),
                row.getBoolean("active"),
                row.getLong("revision"),
                row.getOffsetDateTime("modified").toInstant()));
  }

  public Future<Optional<UUID>> group(TenantId tenant, String displayName) {
    return select(
            GROUP, Tuple.of(tenant.value(), Folding.fold(displayName)), row -> row.getUUID("id"))
        .map(found -> found.stream().findFirst());
  }

  /** Of which the user is a direct member. */
  public Future<List<Group>> groups(TenantId tenant, UUID user) {
    return select(
        GROUPS,
        Tuple.of(tenant.value(), user),
        row -> new Group(row.getUUID("id"), row.getString("name")));
  }

  /** Newest first. */
  public Future<List<Change>> changes(TenantId tenant, UUID resource, int most) {
    return select(CHANGES, Tuple.of(tenant.value(), resource, most), Dossier::change);
  }

  /** When the user came into the group, and went; newest first. */
  public Future<List<Change>> membershipChanges(TenantId tenant, UUID group, UUID user, int most) {
    return select(
        MEMBERSHIP_CHANGES,
        Tuple.of(tenant.value(), group, user.toString(), most),
        Dossier::change);
  }

  /** What of the user has not reached Keycloak yet. */
  public Future<List<DueList.Due>> due(TenantId tenant, UUID user) {
    return select(
        DUE,
        Tuple.of(tenant.value(), user),
        row ->
            new DueList.Due(
                row.getString("kind"),
                user,
                Optional.ofNullable(row.getUUID("group_id")),
                row.getInteger("attempts"),
                Optional.ofNullable(row.getString("reason")),
                row.getOffsetDateTime("marked_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("due_at"))
                    .map(time -> time.toInstant())));
  }

  /** The id of the user's account in Keycloak. */
  public Future<Optional<String>> account(TenantId tenant, UUID user) {
    return select(LINK, Tuple.of(tenant.value(), user), row -> row.getString("keycloak_id"))
        .map(found -> found.stream().findFirst());
  }

  private static Change change(Row row) {
    return new Change(
        row.getLong("revision"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("request_id"),
        row.getString("operation"),
        List.of(row.getArrayOfStrings("attributes")));
  }

  private <T> Future<List<T>> select(String sql, Tuple values, Function<Row, T> read) {
    return database.pool().preparedQuery(sql).execute(values).map(rows -> list(rows, read));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return List.copyOf(list);
  }
}
