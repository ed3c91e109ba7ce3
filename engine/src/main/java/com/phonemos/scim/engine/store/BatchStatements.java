package com.phonemos.scim.engine.store;

import static com.phonemos.scim.engine.scim.schema.ResourceType.GROUP;
import static com.phonemos.scim.engine.scim.schema.ResourceType.USER;

import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchWrites.DueMark.Priority;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The writes of one batch: one set-based statement per table and kind of change. */
final class BatchStatements {
  /** Between the e-mail keys of one row: unnest would flatten an array of arrays. */
  private static final String SEPARATOR = "\u001f";

  private static final String DELETE_USERS =
      """
      DELETE FROM scim_user u USING unnest($1::uuid[], $2::uuid[]) AS gone (tenant_id, id)
      WHERE (u.tenant_id, u.id) = (gone.tenant_id, gone.id)\
      """;

  private static final String DELETE_GROUPS =
      """
      DELETE FROM scim_group g USING unnest($1::uuid[], $2::uuid[]) AS gone (tenant_id, id)
      WHERE (g.tenant_id, g.id) = (gone.tenant_id, gone.id)\
      """;

  private static final String DELETE_MEMBERS_OF_GROUPS =
      """
      DELETE FROM group_member m USING unnest($1::uuid[], $2::uuid[]) AS gone (tenant_id, id)
      WHERE (m.tenant_id, m.group_id) = (gone.tenant_id, gone.id)\
      """;

  private static final String UPDATE_USERS =
      """
      UPDATE scim_user u SET
        user_name_key = new.user_name_key, external_id = new.external_id, active = new.active,
        email_keys = string_to_array(new.email_keys, E'\\x1f'), resource = new.resource::jsonb,
        revision = new.revision, modified = new.modified
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[],
                  $7::text[], $8::bigint[], $9::timestamptz[])
        AS new (tenant_id, id, user_name_key, external_id, active, email_keys, resource, revision,
                modified)
      WHERE (u.tenant_id, u.id) = (new.tenant_id, new.id)\
      """;

  private static final String INSERT_USERS =
      """
      INSERT INTO scim_user (tenant_id, id, user_name_key, external_id, active, email_keys,
                             resource, revision, created, modified)
      SELECT tenant_id, id, user_name_key, external_id, active,
             string_to_array(email_keys, E'\\x1f'), resource::jsonb, revision, modified, modified
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[],
                  $7::text[], $8::bigint[], $9::timestamptz[])
        AS new (tenant_id, id, user_name_key, external_id, active, email_keys, resource, revision,
                modified)\
      """;

  private static final String UPDATE_GROUPS =
      """
      UPDATE scim_group g SET
        display_name_key = new.display_name_key, external_id = new.external_id,
        member_count = new.member_count, resource = new.resource::jsonb, revision = new.revision,
        modified = new.modified
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[],
                  $7::bigint[], $8::timestamptz[])
        AS new (tenant_id, id, display_name_key, external_id, member_count, resource, revision,
                modified)
      WHERE (g.tenant_id, g.id) = (new.tenant_id, new.id)\
      """;

  private static final String INSERT_GROUPS =
      """
      INSERT INTO scim_group (tenant_id, id, display_name_key, external_id, member_count, resource,
                              revision, created, modified)
      SELECT tenant_id, id, display_name_key, external_id, member_count, resource::jsonb, revision,
             modified, modified
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[],
                  $7::bigint[], $8::timestamptz[])
        AS new (tenant_id, id, display_name_key, external_id, member_count, resource, revision,
                modified)\
      """;

  private static final String DELETE_MEMBERS =
      """
      DELETE FROM group_member m
      USING unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS gone (tenant_id, group_id, member_id)
      WHERE (m.tenant_id, m.group_id, m.member_id)
          = (gone.tenant_id, gone.group_id, gone.member_id)\
      """;

  private static final String INSERT_MEMBERS =
      """
      INSERT INTO group_member (tenant_id, group_id, member_id, type)
      SELECT tenant_id, group_id, member_id, type
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
        AS new (tenant_id, group_id, member_id, type)\
      """;

  private static final String INSERT_JOURNAL =
      """
      INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                           resource_id, before, after, session)
      SELECT tenant_id, revision, $10, actor, request_id, operation, resource_type, resource_id,
             before::jsonb, after::jsonb, pg_backend_pid()
      FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                  $7::uuid[], $8::text[], $9::text[])
        AS new (tenant_id, revision, actor, request_id, operation, resource_type, resource_id,
                before, after)\
      """;

  /**
   * A push that is running stays alone: the mark waits out its lease, or becomes due when it
   * settles. A new change never waits out a long backoff, and revives what was given up.
   */
  private static final String MARK_DUE =
      """
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      SELECT tenant_id, kind, id, group_id, priority, $6, $6
      FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::smallint[])
        AS new (tenant_id, kind, id, group_id, priority)
      ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
        priority = least(due.priority, excluded.priority), cause = 'change',
        generation = due.generation + 1, attempts = 0, reason = NULL,
        due_at = CASE WHEN due.reason IS NULL
          THEN least(due.due_at, excluded.due_at + interval '60 seconds')
          ELSE excluded.due_at END\
      """;

  private static final String ADVANCE_TENANTS =
      """
      UPDATE tenant t SET
        revision = new.revision, user_count = t.user_count + new.users,
        group_count = t.group_count + new.groups, nested = t.nested OR new.nested
      FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::int[], $5::boolean[])
        AS new (id, revision, users, groups, nested)
      WHERE t.id = new.id\
      """;

  private final BatchWrites writes;

  BatchStatements(BatchWrites writes) {
    this.writes = writes;
  }

  /** Names are freed before they are taken: deletes, then updates, then inserts. */
  void forEach(BiConsumer<String, Tuple> statement) {
    List<ResourceKey> goneGroups = only(GROUP, writes.deleted(), key -> key);
    emit(
        statement,
        NestedDue.MARK,
        writes.nested(writes.membersRemoved()),
        edges -> NestedDue.values(edges, Priority.LOSS_OF_ACCESS, writes.at()));
    emit(statement, DELETE_USERS, only(USER, writes.deleted(), key -> key), this::keys);
    emit(statement, DELETE_GROUPS, goneGroups, this::keys);
    emit(statement, DELETE_MEMBERS_OF_GROUPS, goneGroups, this::keys);
    emit(statement, UPDATE_USERS, only(USER, writes.updated(), Resource::key), this::users);
    emit(statement, UPDATE_GROUPS, only(GROUP, writes.updated(), Resource::key), this::groups);
    emit(statement, INSERT_USERS, only(USER, writes.inserted(), Resource::key), this::users);
    emit(statement, INSERT_GROUPS, only(GROUP, writes.inserted(), Resource::key), this::groups);
    emit(statement, DELETE_MEMBERS, writes.membersRemoved(), BatchStatements::pairs);
    emit(statement, INSERT_MEMBERS, writes.membersAdded(), BatchStatements::edges);
    emit(
        statement,
        NestedDue.MARK,
        writes.nested(writes.membersAdded()),
        edges -> NestedDue.values(edges, Priority.MEMBERSHIP, writes.at()));
    emit(statement, INSERT_JOURNAL, writes.journal(), this::journal);
    emit(statement, MARK_DUE, writes.due(), this::due);
    statement.accept(ADVANCE_TENANTS, tenants());
  }

  private static <T> void emit(
      BiConsumer<String, Tuple> statement,
      String text,
      List<T> rows,
      Function<List<T>, Tuple> values) {
    if (!rows.isEmpty()) {
      statement.accept(text, values.apply(rows));
    }
  }

  private static <T> List<T> only(
      ResourceType type, Collection<T> all, Function<T, ResourceKey> key) {
    return all.stream().filter(one -> key.apply(one).type() == type).toList();
  }

  private Tuple keys(List<ResourceKey> keys) {
    return Tuple.tuple()
        .addArrayOfUUID(BatchStore.tenantsOf(keys))
        .addArrayOfUUID(BatchStore.idsOf(keys));
  }

  private static Tuple pairs(List<BatchWrites.Edge> edges) {
    return Tuple.tuple()
        .addArrayOfUUID(array(edges, edge -> edge.tenant().value()))
        .addArrayOfUUID(array(edges, BatchWrites.Edge::group))
        .addArrayOfUUID(array(edges, BatchWrites.Edge::member));
  }

  static Tuple edges(List<BatchWrites.Edge> edges) {
    return pairs(edges).addArrayOfString(texts(edges, edge -> edge.type().title()));
  }

  private Tuple users(List<Resource> users) {
    List<Attributes> attributes = users.stream().map(Resource::attributes).toList();
    return keys(users.stream().map(Resource::key).toList())
        .addArrayOfString(texts(attributes, IndexedValues::userNameKey))
        .addArrayOfString(texts(attributes, IndexedValues::externalId))
        .addArrayOfBoolean(attributes.stream().map(Attributes::active).toArray(Boolean[]::new))
        .addArrayOfString(
            texts(attributes, user -> String.join(SEPARATOR, IndexedValues.emailKeys(user))))
        .addArrayOfString(texts(attributes, Attributes::toJson))
        .addArrayOfLong(revisions(users))
        .addArrayOfOffsetDateTime(modified(users));
  }

  private Tuple groups(List<Resource> groups) {
    List<Attributes> attributes = groups.stream().map(Resource::attributes).toList();
    return keys(groups.stream().map(Resource::key).toList())
        .addArrayOfString(texts(attributes, IndexedValues::displayNameKey))
        .addArrayOfString(texts(attributes, IndexedValues::externalId))
        .addArrayOfInteger(groups.stream().map(Resource::memberCount).toArray(Integer[]::new))
        .addArrayOfString(texts(attributes, Attributes::toJson))
        .addArrayOfLong(revisions(groups))
        .addArrayOfOffsetDateTime(modified(groups));
  }

  private Tuple journal(List<BatchWrites.JournalEntry> entries) {
    return Tuple.tuple()
        .addArrayOfUUID(array(entries, entry -> entry.key().tenant().value()))
        .addArrayOfLong(
            entries.stream().map(BatchWrites.JournalEntry::revision).toArray(Long[]::new))
        .addArrayOfUUID(array(entries, BatchWrites.JournalEntry::actor))
        .addArrayOfString(texts(entries, BatchWrites.JournalEntry::requestId))
        .addArrayOfString(texts(entries, BatchWrites.JournalEntry::operation))
        .addArrayOfString(texts(entries, entry -> entry.key().type().title()))
        .addArrayOfUUID(array(entries, entry -> entry.key().id()))
        .addArrayOfString(texts(entries, entry -> entry.before().orElse(null)))
        .addArrayOfString(texts(entries, entry -> entry.after().orElse(null)))
        .addOffsetDateTime(writes.at().atOffset(ZoneOffset.UTC));
  }

  private Tuple due(List<BatchWrites.DueMark> marks) {
    return Tuple.tuple()
        .addArrayOfUUID(array(marks, mark -> mark.tenant().value()))
        .addArrayOfString(texts(marks, mark -> mark.kind().name()))
        .addArrayOfUUID(array(marks, BatchWrites.DueMark::id))
        .addArrayOfUUID(array(marks, BatchWrites.DueMark::group))
        .addArrayOfShort(marks.stream().map(mark -> mark.priority().rank()).toArray(Short[]::new))
        .addOffsetDateTime(writes.at().atOffset(ZoneOffset.UTC));
  }

  private Tuple tenants() {
    List<BatchWrites.TenantTotals> totals = writes.tenants();
    return Tuple.tuple()
        .addArrayOfUUID(array(totals, tenant -> tenant.id().value()))
        .addArrayOfLong(
            totals.stream().map(BatchWrites.TenantTotals::revision).toArray(Long[]::new))
        .addArrayOfInteger(
            totals.stream().map(BatchWrites.TenantTotals::users).toArray(Integer[]::new))
        .addArrayOfInteger(
            totals.stream().map(BatchWrites.TenantTotals::groups).toArray(Integer[]::new))
        .addArrayOfBoolean(
            totals.stream()
                .map(tenant -> writes.nested().contains(tenant.id()))
                .toArray(Boolean[]::new));
  }

  private static Long[] revisions(List<Resource> resources) {
    return resources.stream().map(resource -> resource.version().revision()).toArray(Long[]::new);
  }

  private static OffsetDateTime[] modified(List<Resource> resources) {
    return resources.stream()
        .map(resource -> resource.modified().atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private static <T> UUID[] array(List<T> rows, Function<T, UUID> value) {
    return rows.stream().map(value).toArray(UUID[]::new);
  }

  private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
