package com.phonemos.scim.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.FilterMatcher;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL finds by a filter is what the filter means. */
class FilterParityTest {
  private static final int SETS = 20;
  private static final int FILTERS = 500;
  private static final int AT_ONCE = 50;
  private static final int USERS = 16;
  private static final int GROUPS = 6;
  private static final String BASE = "https://scim.example.org/scim/v2";

  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = Database.open(VERTX, TestPostgres.createDatabase(), 1);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final SchemaRegistry schemas = SchemaRegistry.load();

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(10, TimeUnit.SECONDS);
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  /** Resources of one tenant, with what their clients see. */
  private record ResourceSet(
      UUID tenant,
      List<GeneratedResources.Row> rows,
      List<UUID[]> memberships,
      List<ObjectNode> views) {}

  @Test
  @Clause("rfc7644/3.4.2.2/7")
  void postgresFindsWhatTheFilterMeans() throws Exception {
    int pairs = 0;
    for (int i = 0; i < SETS; i++) {
      // Given
      ResourceSet set = generate();
      insert(set);
      for (ResourceType type : ResourceType.values()) {
        SchemaFilters filters = new SchemaFilters(random, schemas, type, texts(set));
        for (int done = 0; done < FILTERS / 2; done += AT_ONCE) {
          // When
          List<Filter> checked = new ArrayList<>();
          for (int n = 0; n < AT_ONCE; n++) {
            checked.add(FilterCheck.check(schemas, type, filters.next(3)));
          }
          List<Set<UUID>> found = find(set, type, checked);
          // Then
          for (int n = 0; n < AT_ONCE; n++) {
            assertThat(found.get(n))
                .as("resources found by %s, seed %d", checked.get(n), seed)
                .isEqualTo(matching(set, type, checked.get(n)));
            pairs++;
          }
        }
      }
    }
    assertThat(pairs).isEqualTo(SETS * FILTERS);
  }

  private Set<UUID> matching(ResourceSet set, ResourceType type, Filter filter) {
    Set<UUID> matching = new TreeSet<>();
    for (int i = 0; i < set.rows().size(); i++) {
      boolean ofType = set.rows().get(i).type() == type;
      if (ofType && FilterMatcher.matches(filter, schemas, type, set.views().get(i))) {
        matching.add(set.rows().get(i).id());
      }
    }
    return matching;
  }

  /** All filters in one statement; a condition that is NULL is neither true nor false. */
  private List<Set<UUID>> find(ResourceSet set, ResourceType type, List<Filter> filters)
      throws Exception {
    SqlParameters parameters = new SqlParameters();
    String tenant = parameters.add(set.tenant());
    AttributeSql attributes = new AttributeSql(schemas, type, parameters, BASE);
    FilterSql sql = new FilterSql(schemas, type, attributes, parameters, tenant);
    StringBuilder text = new StringBuilder("SELECT r.id");
    filters.forEach(filter -> text.append(", ").append(sql.compile(filter)));
    text.append(" FROM ").append(ListSql.table(type)).append(" r WHERE r.tenant_id = ");
    text.append(tenant);
    List<Set<UUID>> found = new ArrayList<>();
    filters.forEach(filter -> found.add(new TreeSet<>()));
    for (Row row :
        get(DATABASE.pool().preparedQuery(text.toString()).execute(parameters.tuple()))) {
      for (int i = 0; i < filters.size(); i++) {
        assertThat(row.getBoolean(i + 1)).as("%s, seed %d", filters.get(i), seed).isNotNull();
        if (row.getBoolean(i + 1)) {
          found.get(i).add(row.getUUID(0));
        }
      }
    }
    return found;
  }

  private static List<String> texts(ResourceSet set) {
    List<String> texts = new ArrayList<>();
    for (ObjectNode view : set.views()) {
      texts.add(view.path("id").asText());
      texts.add(view.path("userName").asText());
      texts.add(view.path("displayName").asText());
      texts.add(view.at("/meta/location").asText());
      texts.add(view.at("/meta/version").asText());
      texts.add(view.at("/schemas/1").asText());
    }
    return texts;
  }

  private ResourceSet generate() {
    GeneratedResources resources = new GeneratedResources(random, schemas);
    List<GeneratedResources.Row> rows = new ArrayList<>();
    List<UUID[]> memberships = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      rows.add(resources.next(ResourceType.USER, i));
    }
    for (int i = 0; i < GROUPS; i++) {
      GeneratedResources.Row group = resources.next(ResourceType.GROUP, i);
      rows.add(group);
      for (int user = 0; user < USERS; user++) {
        if (random.nextInt(i + 1) == 1) {
          memberships.add(new UUID[] {group.id(), rows.get(user).id()});
        }
      }
    }
    UUID tenant = new UUID(random.nextLong(), random.nextLong());
    return new ResourceSet(
        tenant, rows, memberships, rows.stream().map(row -> view(row, rows, memberships)).toList());
  }

  private ObjectNode view(
      GeneratedResources.Row row, List<GeneratedResources.Row> rows, List<UUID[]> memberships) {
    ObjectNode view = row.attributes().copy();
    ArrayNode urns = view.putArray("schemas").add(row.type().schema());
    row.attributes()
        .json()
        .fieldNames()
        .forEachRemaining(name -> {
          if (name.startsWith("urn:")) {
            urns.add(name);
          }
        });
    view.put("id", row.id().toString());
    view.putObject("meta")
        .put("resourceType", row.type().title())
        .put("created", row.created().toString())
        .put("lastModified", row.modified().toString())
        .put("location", BASE + row.type().endpoint() + '/' + row.id())
        .put("version", "W/\"" + row.revision() + '"');
    boolean user = row.type() == ResourceType.USER;
    ArrayNode references = view.putArray(user ? "groups" : "members");
    for (UUID[] membership : memberships) {
      if (membership[user ? 1 : 0].equals(row.id())) {
        UUID other = membership[user ? 0 : 1];
        ObjectNode reference =
            references
                .addObject()
                .put("value", other.toString())
                .put("type", user ? "direct" : "User")
                .put("$ref", BASE + (user ? "/Groups/" : "/Users/") + other);
        rows.stream()
            .filter(group -> user && group.id().equals(other))
            .forEach(group ->
                reference.put("display", group.attributes().text("displayName").orElseThrow()));
      }
    }
    return view;
  }

  private static void insert(ResourceSet set) throws Exception {
    List<Tuple> users = new ArrayList<>();
    List<Tuple> groups = new ArrayList<>();
    for (GeneratedResources.Row row : set.rows()) {
      boolean user = row.type() == ResourceType.USER;
      Tuple values =
          Tuple.tuple()
              .addUUID(set.tenant())
              .addUUID(row.id())
              .addString(
                  user
                      ? IndexedValues.userNameKey(row.attributes())
                      : IndexedValues.displayNameKey(row.attributes()))
              .addString(IndexedValues.externalId(row.attributes()))
              .addString(row.attributes().toJson())
              .addLong(row.revision())
              .addOffsetDateTime(row.created().atOffset(ZoneOffset.UTC))
              .addOffsetDateTime(row.modified().atOffset(ZoneOffset.UTC));
      if (user) {
        values.addBoolean(row.attributes().active());
        values.addArrayOfString(IndexedValues.emailKeys(row.attributes()).toArray(String[]::new));
      }
      (user ? users : groups).add(values);
    }
    get(
        DATABASE
            .pool()
            .preparedQuery(
                """
                INSERT INTO scim_user (tenant_id, id, user_name_key, external_id, resource,
                  revision, created, modified, active, email_keys)
                VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10)
                """)
            .executeBatch(users));
    get(
        DATABASE
            .pool()
            .preparedQuery(
                """
                INSERT INTO scim_group (tenant_id, id, display_name_key, external_id, resource,
                  revision, created, modified, member_count)
                VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, 0)
                """)
            .executeBatch(groups));
    get(
        DATABASE
            .pool()
            .preparedQuery(
                """
                INSERT INTO group_member (tenant_id, group_id, member_id, type)
                VALUES ($1, $2, $3, 'User')
                """)
            .executeBatch(
                set.memberships().stream()
                    .map(ids -> Tuple.of(set.tenant(), ids[0], ids[1]))
                    .toList()));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(60, TimeUnit.SECONDS);
  }
}
