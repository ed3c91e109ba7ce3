package com.phonemos.scim.engine.store;

import static com.phonemos.scim.engine.scim.schema.ResourceType.GROUP;
import static com.phonemos.scim.engine.scim.schema.ResourceType.USER;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The reads of one batch, sent without waiting for each other; only those that are needed. */
final class BatchLoad {
  private static final String USERS =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      JOIN scim_user u USING (tenant_id, id)\
      """;

  private static final String GROUPS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      JOIN scim_group g USING (tenant_id, id)\
      """;

  private static final String GROUPS_OF_USERS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, member_id)
      JOIN group_member m USING (tenant_id, member_id)
      JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.group_id)\
      """;

  private static final String USER_NAMES =
      """
      SELECT u.tenant_id, u.user_name_key AS key, u.id
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.user_name_key) = (asked.tenant_id, asked.key)\
      """;

  private static final String GROUP_NAMES =
      """
      SELECT g.tenant_id, g.display_name_key AS key, g.id
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_group g ON (g.tenant_id, g.display_name_key) = (asked.tenant_id, asked.key)\
      """;

  private static final String EXISTING_USERS =
      """
      SELECT u.tenant_id, u.id
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      JOIN scim_user u USING (tenant_id, id)\
      """;

  private static final String MEMBERSHIPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (tenant_id, group_id, member_id)
      JOIN group_member m USING (tenant_id, group_id, member_id)\
      """;

  private static final String MEMBERS_OF_GROUPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, group_id)
      JOIN group_member m USING (tenant_id, group_id)\
      """;

  private static final String MEMBERSHIPS_OF_USERS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, member_id)
      JOIN group_member m USING (tenant_id, member_id)\
      """;

  private final SqlConnection sql;
  private final List<Future<?>> statements = new ArrayList<>();
  private final Map<ResourceKey, Resource> resources = new HashMap<>();
  private final Map<BatchNeeds.Name, UUID> holders = new HashMap<>();
  private final Set<ResourceKey> users = new HashSet<>();
  private final Set<BatchNeeds.Pair> memberships = new HashSet<>();

  BatchLoad(SqlConnection sql) {
    this.sql = sql;
  }

  void start(BatchNeeds needs) {
    keys(USERS, only(USER, needs.resources), row -> resource(USER, row));
    keys(GROUPS, only(GROUP, needs.resources), row -> resource(GROUP, row));
    keys(GROUPS_OF_USERS, needs.groupsOf, row -> resource(GROUP, row));
    names(USER_NAMES, USER, needs.names);
    names(GROUP_NAMES, GROUP, needs.names);
    keys(EXISTING_USERS, needs.existence, row -> users.add(ResourceRows.key(USER, row)));
    pairs(needs.memberships);
    keys(MEMBERS_OF_GROUPS, needs.membersOf, this::membership);
    keys(MEMBERSHIPS_OF_USERS, needs.groupsOf, this::membership);
  }

  Future<?> finished() {
    return statements.isEmpty() ? Future.succeededFuture() : Future.join(statements);
  }

  BatchRows rows(Map<TenantId, Long> revisions) {
    return new BatchRows(revisions, List.copyOf(resources.values()), holders, users, memberships);
  }

  private void resource(ResourceType type, Row row) {
    Resource resource = ResourceRows.resource(type, row);
    resources.put(resource.key(), resource);
  }

  private void membership(Row row) {
    memberships.add(
        new BatchNeeds.Pair(
            new TenantId(row.getUUID("tenant_id")),
            row.getUUID("group_id"),
            row.getUUID("member_id")));
  }

  private void keys(String text, Collection<ResourceKey> asked, Consumer<Row> each) {
    if (!asked.isEmpty()) {
      Tuple values =
          Tuple.tuple()
              .addArrayOfUUID(BatchStore.tenantsOf(asked))
              .addArrayOfUUID(BatchStore.idsOf(asked));
      query(text, values, each);
    }
  }

  private void names(String text, ResourceType type, Collection<BatchNeeds.Name> all) {
    List<BatchNeeds.Name> asked = all.stream().filter(name -> name.type() == type).toList();
    if (!asked.isEmpty()) {
      Tuple values =
          Tuple.tuple()
              .addArrayOfUUID(
                  asked.stream().map(name -> name.tenant().value()).toArray(UUID[]::new))
              .addArrayOfString(asked.stream().map(BatchNeeds.Name::key).toArray(String[]::new));
      query(
          text,
          values,
          row ->
              holders.put(
                  new BatchNeeds.Name(
                      new TenantId(row.getUUID("tenant_id")), type, row.getString("key")),
                  row.getUUID("id")));
    }
  }

  private void pairs(Collection<BatchNeeds.Pair> asked) {
    if (!asked.isEmpty()) {
      query(MEMBERSHIPS, pairValues(asked), this::membership);
    }
  }

  static Tuple pairValues(Collection<BatchNeeds.Pair> pairs) {
    return Tuple.tuple()
        .addArrayOfUUID(pairs.stream().map(pair -> pair.tenant().value()).toArray(UUID[]::new))
        .addArrayOfUUID(pairs.stream().map(BatchNeeds.Pair::group).toArray(UUID[]::new))
        .addArrayOfUUID(pairs.stream().map(BatchNeeds.Pair::member).toArray(UUID[]::new));
  }

  private void query(String text, Tuple values, Consumer<Row> each) {
    statements.add(sql.preparedQuery(text).execute(values).onSuccess(rows -> rows.forEach(each)));
  }

  private static List<ResourceKey> only(ResourceType type, Collection<ResourceKey> keys) {
    return keys.stream().filter(key -> key.type() == type).toList();
  }
}
