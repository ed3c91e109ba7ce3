package com.phonemos.scim.engine.store;

import static com.phonemos.scim.engine.scim.schema.ResourceType.GROUP;
import static com.phonemos.scim.engine.scim.schema.ResourceType.USER;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchNeeds.MemberId;
import com.phonemos.scim.engine.store.BatchRows.Difference;
import com.phonemos.scim.engine.store.BatchRows.Existing;
import com.phonemos.scim.engine.store.BatchRows.LockedTenant;
import com.phonemos.scim.engine.store.BatchRows.Member;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

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

  private static final String GROUPS_OF_MEMBERS =
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

  private static final String USER_RIVALS =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified, %s AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.user_name_key) = (asked.tenant_id, asked.key)\
      """
          .formatted(unanswered("u"));

  private static final String USER_RIVALS_BY_EXTERNAL_ID =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified, NULL AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.external_id) = (asked.tenant_id, asked.key)\
      """;

  private static final String GROUP_RIVALS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified, %s AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_group g ON (g.tenant_id, g.display_name_key) = (asked.tenant_id, asked.key)\
      """
          .formatted(unanswered("g"));

  /** What is displayed of a member: {@code u} or {@code g}, whichever it is. */
  private static final String DISPLAY =
      """
      coalesce(u.resource->>'displayName', u.resource->>'userName',
               g.resource->>'displayName', '')\
      """;

  private static final String EXISTING =
      """
      SELECT asked.tenant_id, asked.id, u.id IS NOT NULL AS is_user,
             CASE WHEN $3 THEN %s ELSE '' END AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      LEFT JOIN scim_user u USING (tenant_id, id)
      LEFT JOIN scim_group g USING (tenant_id, id)
      WHERE u.id IS NOT NULL OR g.id IS NOT NULL\
      """
          .formatted(DISPLAY);

  private static final String MEMBERSHIPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type, '' AS display
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (tenant_id, group_id, member_id)
      JOIN group_member m USING (tenant_id, group_id, member_id)\
      """;

  private static final String MEMBERSHIPS_OF_MEMBERS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type, '' AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, member_id)
      JOIN group_member m USING (tenant_id, member_id)\
      """;

  private static final String MEMBERS_OF_GROUPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type,
             %s AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, group_id)
      JOIN group_member m USING (tenant_id, group_id)
      LEFT JOIN scim_user u ON (u.tenant_id, u.id) = (m.tenant_id, m.member_id)
      LEFT JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.member_id)\
      """
          .formatted(DISPLAY);

  /** NOT IN a query is hashed, however the session plans its joins; a list would be walked. */
  private static final String DIFFERENCE =
      """
      SELECT m.member_id, TRUE AS present, m.type, '' AS display
      FROM group_member m
      WHERE m.tenant_id = $1 AND m.group_id = $2
        AND m.member_id NOT IN (SELECT unnest($3::uuid[]))
      UNION ALL
      SELECT missing.id, FALSE,
             CASE WHEN u.id IS NOT NULL THEN 'User' WHEN g.id IS NOT NULL THEN 'Group' END, %s
      FROM (
        SELECT asked.id FROM unnest($3::uuid[]) AS asked (id)
        WHERE asked.id NOT IN (
          SELECT m.member_id FROM group_member m WHERE m.tenant_id = $1 AND m.group_id = $2)
        OFFSET 0) AS missing
      LEFT JOIN scim_user u ON (u.tenant_id, u.id) = ($1, missing.id)
      LEFT JOIN scim_group g ON (g.tenant_id, g.id) = ($1, missing.id)\
      """
          .formatted(DISPLAY);

  private final SqlConnection sql;
  private final List<Future<?>> statements = new ArrayList<>();
  private final Map<ResourceKey, Resource> resources = new HashMap<>();
  private final Map<BatchNeeds.Name, UUID> holders = new HashMap<>();
  private final Map<ResourceKey, String> unanswered = new HashMap<>();
  private final Map<MemberId, Existing> existing = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final Map<ResourceKey, Difference> differences = new HashMap<>();

  BatchLoad(SqlConnection sql) {
    this.sql = sql;
  }

  /**
   * The create that a row is still as, if nobody may have got its answer: it was noticed not to
   * arrive, or the session that committed it is gone, and with it whoever would have noticed.
   */
  private static String unanswered(String row) {
    return """
    (SELECT j.after::text FROM journal j
     WHERE (j.tenant_id, j.revision) = (%1$s.tenant_id, %1$s.revision)
       AND j.operation = 'create' AND j.session IS NOT NULL
       AND j.at > now() - interval '10 minutes'
       AND (NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = j.session)
            OR EXISTS (SELECT FROM undelivered d
                       WHERE (d.tenant_id, d.id) = (%1$s.tenant_id, %1$s.id))))\
    """
        .formatted(row);
  }

  void start(BatchNeeds needs) {
    keys(USERS, only(USER, needs.resources), row -> resource(USER, row));
    keys(GROUPS, only(GROUP, needs.resources), row -> resource(GROUP, row));
    keys(GROUPS_OF_MEMBERS, needs.groupsOf, row -> resource(GROUP, row));
    names(USER_NAMES, USER, needs.names, row -> holder(USER, row));
    names(GROUP_NAMES, GROUP, needs.names, row -> holder(GROUP, row));
    names(USER_RIVALS, USER, needs.rivals, row -> rival(USER, row));
    names(GROUP_RIVALS, GROUP, needs.rivals, row -> rival(GROUP, row));
    externalIds(needs.rivalsByExternalId);
    existence(needs.existence, !needs.membersOf.isEmpty());
    pairs(needs.memberships);
    keys(MEMBERS_OF_GROUPS, needs.membersOf, this::member);
    keys(MEMBERSHIPS_OF_MEMBERS, needs.groupsOf, this::member);
    needs.replacements.forEach(this::difference);
  }

  Future<?> finished() {
    return statements.isEmpty() ? Future.succeededFuture() : Future.join(statements);
  }

  BatchRows rows(Map<TenantId, LockedTenant> tenants) {
    return new BatchRows(
        tenants,
        List.copyOf(resources.values()),
        holders,
        unanswered,
        existing,
        members,
        differences);
  }

  private void resource(ResourceType type, Row row) {
    Resource resource = ResourceRows.resource(type, row);
    resources.put(resource.key(), resource);
  }

  private void rival(ResourceType type, Row row) {
    resource(type, row);
    String create = row.getString("unanswered");
    if (create != null) {
      unanswered.put(ResourceRows.key(type, row), create);
    }
  }

  private void holder(ResourceType type, Row row) {
    holders.put(
        new BatchNeeds.Name(new TenantId(row.getUUID("tenant_id")), type, row.getString("key")),
        row.getUUID("id"));
  }

  private void member(Row row) {
    members.add(
        new Member(
            new TenantId(row.getUUID("tenant_id")),
            row.getUUID("group_id"),
            row.getUUID("member_id"),
            ResourceType.ofTitle(row.getString("type")),
            row.getString("display")));
  }

  private void difference(ResourceKey group, Set<UUID> list) {
    Set<UUID> missing = new HashSet<>();
    differences.put(group, new Difference(list, missing));
    Tuple values =
        Tuple.of(group.tenant().value(), group.id()).addArrayOfUUID(list.toArray(UUID[]::new));
    query(
        DIFFERENCE,
        values,
        row -> {
          UUID id = row.getUUID("member_id");
          Optional<ResourceType> type =
              Optional.ofNullable(row.getString("type")).map(ResourceType::ofTitle);
          if (row.getBoolean("present")) {
            members.add(new Member(group.tenant(), group.id(), id, type.orElseThrow(), ""));
          } else {
            missing.add(id);
            type.ifPresent(known ->
                existing.put(
                    new MemberId(group.tenant(), id),
                    new Existing(known, row.getString("display"))));
          }
        });
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

  private void names(
      String text, ResourceType type, Collection<BatchNeeds.Name> all, Consumer<Row> each) {
    List<BatchNeeds.Name> asked = all.stream().filter(name -> name.type() == type).toList();
    texts(text, asked, BatchNeeds.Name::tenant, BatchNeeds.Name::key, each);
  }

  private void externalIds(Collection<BatchNeeds.ExternalId> asked) {
    texts(
        USER_RIVALS_BY_EXTERNAL_ID,
        asked,
        BatchNeeds.ExternalId::tenant,
        BatchNeeds.ExternalId::value,
        row -> resource(USER, row));
  }

  private <T> void texts(
      String text,
      Collection<T> asked,
      Function<T, TenantId> tenant,
      Function<T, String> value,
      Consumer<Row> each) {
    if (!asked.isEmpty()) {
      Tuple values =
          Tuple.tuple()
              .addArrayOfUUID(asked.stream().map(tenant).map(TenantId::value).toArray(UUID[]::new))
              .addArrayOfString(asked.stream().map(value).toArray(String[]::new));
      query(text, values, each);
    }
  }

  /** Names are of use only to a filter, which asks for those of all members, too. */
  private void existence(Collection<MemberId> asked, boolean withNames) {
    if (!asked.isEmpty()) {
      Tuple values =
          Tuple.tuple()
              .addArrayOfUUID(
                  asked.stream().map(member -> member.tenant().value()).toArray(UUID[]::new))
              .addArrayOfUUID(asked.stream().map(MemberId::id).toArray(UUID[]::new))
              .addBoolean(withNames);
      query(
          EXISTING,
          values,
          row ->
              existing.put(
                  new MemberId(new TenantId(row.getUUID("tenant_id")), row.getUUID("id")),
                  new Existing(
                      row.getBoolean("is_user") ? USER : GROUP, row.getString("display"))));
    }
  }

  private void pairs(Collection<BatchNeeds.Pair> asked) {
    if (!asked.isEmpty()) {
      query(MEMBERSHIPS, pairValues(asked), this::member);
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
