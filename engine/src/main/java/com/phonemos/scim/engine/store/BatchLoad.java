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

  void start(BatchNeeds needs) {
    keys(BatchLoadSql.USERS, only(USER, needs.resources), row -> resource(USER, row));
    keys(BatchLoadSql.GROUPS, only(GROUP, needs.resources), row -> resource(GROUP, row));
    keys(BatchLoadSql.GROUPS_OF_MEMBERS, needs.groupsOf, row -> resource(GROUP, row));
    names(BatchLoadSql.USER_NAMES, USER, needs.names, row -> holder(USER, row));
    names(BatchLoadSql.GROUP_NAMES, GROUP, needs.names, row -> holder(GROUP, row));
    names(BatchLoadSql.USER_RIVALS, USER, needs.rivals, row -> rival(USER, row));
    names(BatchLoadSql.GROUP_RIVALS, GROUP, needs.rivals, row -> rival(GROUP, row));
    externalIds(needs.rivalsByExternalId);
    existence(needs.existence, !needs.membersOf.isEmpty());
    pairs(needs.memberships);
    keys(BatchLoadSql.MEMBERS_OF_GROUPS, needs.membersOf, this::member);
    keys(BatchLoadSql.MEMBERSHIPS_OF_MEMBERS, needs.groupsOf, this::member);
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
        BatchLoadSql.DIFFERENCE,
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
        BatchLoadSql.USER_RIVALS_BY_EXTERNAL_ID,
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
          BatchLoadSql.EXISTING,
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
      query(BatchLoadSql.MEMBERSHIPS, pairValues(asked), this::member);
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
