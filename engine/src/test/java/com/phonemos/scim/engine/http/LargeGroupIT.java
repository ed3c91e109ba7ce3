package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are larger than the memory of the engine that gives them. */
class LargeGroupIT {
  private static final int MEMBERS = 100_000;
  private static final int GROUPS = 2;
  private static final int CLIENTS = 12;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  private EngineProcess engine;
  private ScimTenant tenant;
  private List<String> groups;

  @BeforeEach
  void prepare() {
    String uri = TestPostgres.createDatabase();
    engine =
        EngineProcess.in(folder)
            .with("DATABASE_URL", uri)
            .with("SECRET_KEY", ScimTenant.secretKey())
            .withJvmOptions(
                "-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError")
            .start()
            .awaitReady();
    tenant = ScimTenant.create(uri, engine.scim("/scim/v2").toString(), "large", Optional.empty());
    Rows rows = new Rows(uri);
    rows.update(
        """
        INSERT INTO scim_group (tenant_id, id, display_name_key, member_count, resource, revision,
          created, modified)
        SELECT ?, gen_random_uuid(), 'group' || n, ?, jsonb_build_object('displayName', 'group' || n),
          1, now(), now()
        FROM generate_series(1, ?) AS n
        """,
        tenant.id().value(),
        MEMBERS,
        GROUPS);
    rows.update(
        """
        INSERT INTO group_member (tenant_id, group_id, member_id, type)
        SELECT g.tenant_id, g.id, gen_random_uuid(), 'User'
        FROM scim_group g, generate_series(1, ?) WHERE g.tenant_id = ?
        """,
        MEMBERS,
        tenant.id().value());
    rows.update("UPDATE tenant SET group_count = ? WHERE id = ?", GROUPS, tenant.id().value());
    groups = rows.texts("SELECT id::text FROM scim_group WHERE tenant_id = ?", tenant.id().value());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void groupsOfAHundredThousandAreReadByManySlowClientsInASmallHeap() throws Exception {
    // Given: everybody asks before anybody reads
    List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      answers.add(get("/Groups/" + groups.get(i % GROUPS)));
    }
    List<InputStream> bodies = new ArrayList<>();
    for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      bodies.add(answer.get().body());
    }
    // When
    List<Integer> members = new ArrayList<>();
    for (InputStream body : bodies) {
      members.add(membersIn(body));
    }
    int listed = membersIn(get("/Groups?count=" + GROUPS).get().body());
    int projected = membersIn(get("/Groups?attributes=members.value").get().body());
    // Then
    assertThat(members).hasSize(CLIENTS).containsOnly(MEMBERS);
    assertThat(listed).isEqualTo(GROUPS * MEMBERS);
    assertThat(projected).isEqualTo(GROUPS * MEMBERS);
    assertThat(engine.alive()).isTrue();
    tenant.readGroup(UUID.fromString(groups.getFirst())).query("attributes", "id").expect(200);
  }

  private CompletableFuture<HttpResponse<InputStream>> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tenant.base() + path))
            .header("Authorization", "Bearer " + tenant.token())
            .build();
    return http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  /** Fails when the JSON is not whole. */
  private static int membersIn(InputStream body) throws IOException {
    int members = 0;
    try (JsonParser json = new JsonFactory().createParser(body)) {
      json.nextToken();
      for (int depth = 1; depth > 0; ) {
        JsonToken token = json.nextToken();
        assertThat(token).as("a whole document").isNotNull();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        boolean isMember = token == JsonToken.FIELD_NAME && json.currentName().equals("value");
        members += isMember ? 1 : 0;
      }
    }
    return members;
  }
}
