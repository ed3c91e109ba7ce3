package com.phonemos.scim.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.search.Paging;
import com.phonemos.scim.engine.scim.search.SearchRequest;
import com.phonemos.scim.engine.scim.search.Selection;
import com.phonemos.scim.engine.store.ListRequest.Start;
import com.phonemos.scim.engine.store.ReadDatabase.Budget;
import com.phonemos.scim.engine.store.ResourceList.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Pages against what the tables hold, while resources come and go. */
class ResourceListTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String URI = TestPostgres.createDatabase();
  private static final Rows ROWS = new Rows(URI);
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() throws Exception {
    get(VERTX.close());
  }

  @Test
  void aPageByIndexIsExactWhateverCameOrWentBeforeIt() throws Exception {
    // Given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    UUID tenant = tenant(300);
    ResourceList list = new ResourceList(database(Duration.ofSeconds(10)));
    int start = 1;
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(3) == 0) {
        change(tenant, random, 2 + i);
      }
      // When
      int size = 1 + random.nextInt(20);
      Page page = get(list.page(request(tenant, Optional.empty(), new Start.Index(start), size)));
      // Then
      List<String> all =
          ROWS.texts("SELECT id::text FROM scim_user WHERE tenant_id = ? ORDER BY id", tenant);
      int from = Math.min(start - 1, all.size());
      assertThat(page.resources())
          .as("from %d, seed %d", start, seed)
          .extracting(resource -> resource.id().toString())
          .isEqualTo(all.subList(from, Math.min(from + size, all.size())));
      assertThat(page.total()).as("seed %d", seed).isEqualTo(all.size());
      // Most clients walk, some jump.
      start = random.nextInt(10) == 0 ? 1 + random.nextInt(310) : start + size;
      start = start > all.size() ? 1 : start;
    }
  }

  /** As the mutation verticle does: the row, the count, the revision and the journal at once. */
  private static void change(UUID tenant, Random random, long revision) {
    boolean create = random.nextBoolean();
    List<String> ids =
        ROWS.texts("SELECT id::text FROM scim_user WHERE tenant_id = ? ORDER BY id", tenant);
    UUID id =
        create
            ? new UUID(random.nextLong(), random.nextLong())
            : UUID.fromString(ids.get(random.nextInt(ids.size())));
    ROWS.update(
        """
        WITH created AS (
          INSERT INTO scim_user (tenant_id, id, user_name_key, active, email_keys, resource,
            revision, created, modified)
          SELECT t.id, ?, 'new' || ?, TRUE, '{}', '{}', 1, now(), now()
          FROM tenant t WHERE t.id = ? AND ? RETURNING id),
        deleted AS (DELETE FROM scim_user WHERE tenant_id = ? AND id = ? AND NOT ? RETURNING id),
        counted AS (
          UPDATE tenant SET revision = ?, user_count = user_count + CASE WHEN ? THEN 1 ELSE -1 END
          WHERE id = ?)
        INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
          resource_id)
        VALUES (?, ?, now(), ?, 'test', CASE WHEN ? THEN 'create' ELSE 'delete' END, 'User', ?)
        """,
        id,
        revision,
        tenant,
        create,
        tenant,
        id,
        create,
        revision,
        create,
        tenant,
        tenant,
        revision,
        UUID.randomUUID(),
        create,
        id);
  }

  @Test
  @Clause("rfc7644/3.4.2.1/2")
  void aSearchThatNoIndexServesIsGivenUpAndLeavesOthersAlone() throws Exception {
    // Given
    UUID tenant = tenant(50_000);
    ResourceList list = new ResourceList(database(Duration.ofMillis(5)));
    // When
    List<Future<Page>> searches =
        List.of("title co \"x\"", "not (title pr)", "name.givenName sw \"a\"", "title ne \"y\"")
            .stream()
            .map(filter -> list.page(request(tenant, Optional.of(filter), new Start.Index(1), 0)))
            .toList();
    Page found =
        get(
            list.page(
                request(tenant, Optional.of("userName eq \"USER7\""), new Start.Index(1), 9)));
    // Then
    assertThat(found.total()).isEqualTo(1);
    assertThat(searches)
        .allSatisfy(search ->
            assertThatThrownBy(() -> get(search))
                .isInstanceOfSatisfying(
                    ScimException.class,
                    refusal -> {
                      assertThat(refusal.error().status()).isEqualTo(400);
                      assertThat(refusal.error().type()).contains(ScimType.TOO_MANY);
                    }));
  }

  @Test
  void aLookUpIsPlannedOnceAndNotEachTime() throws Exception {
    // Given
    UUID tenant = tenant(10);
    Budget oneConnection = new Budget(1, 1, Duration.ofSeconds(10));
    ReadDatabase database = ReadDatabase.open(VERTX, URI, Duration.ofSeconds(30), oneConnection);
    ListRequest request =
        request(
            tenant,
            List.of(ResourceType.values()),
            Optional.of("displayName eq \"a\" or externalId eq \"b\""),
            new Start.Index(1),
            9,
            Set.of(ResourceType.values()));
    // When
    get(new ResourceList(database).page(request));
    // Then
    String statement = ListSql.page(request, Optional.empty()).text();
    assertThat(
            get(database.lookUp(
                    "SELECT FROM pg_prepared_statements WHERE statement = $1", Tuple.of(statement)))
                .size())
        .isEqualTo(1);
  }

  private static ReadDatabase database(Duration searchTimeout) {
    return ReadDatabase.open(VERTX, URI, Duration.ofSeconds(30), new Budget(2, 8, searchTimeout));
  }

  private static ListRequest request(UUID tenant, Optional<String> filter, Start start, int limit) {
    return request(tenant, List.of(ResourceType.USER), filter, start, limit, Set.of());
  }

  private static ListRequest request(
      UUID tenant,
      List<ResourceType> types,
      Optional<String> filter,
      Start start,
      int limit,
      Set<ResourceType> withReferences) {
    SearchRequest search =
        new SearchRequest(
            filter.map(FilterParser::parse),
            Optional.<AttributePath>empty(),
            false,
            new Paging.Index(1),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    return new ListRequest(
        new TenantId(tenant),
        SCHEMAS,
        Selection.of(SCHEMAS, types, search),
        false,
        start,
        limit,
        "https://scim.example.org/scim/v2",
        withReferences);
  }

  private static UUID tenant(int users) {
    UUID tenant = UUID.randomUUID();
    ROWS.update(
        "INSERT INTO tenant (id, slug, revision, user_count) VALUES (?, ?, 1, ?)",
        tenant,
        "t" + users,
        users);
    ROWS.update(
        """
        INSERT INTO scim_user (tenant_id, id, user_name_key, active, email_keys, resource, revision,
          created, modified)
        SELECT ?, gen_random_uuid(), 'user' || n, TRUE, '{}',
          jsonb_build_object('userName', 'user' || n, 'title', n::text), 1, now(), now()
        FROM generate_series(1, ?) AS n
        """,
        tenant,
        users);
    return tenant;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(60, TimeUnit.SECONDS);
  }
}
