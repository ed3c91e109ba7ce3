package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimRequest;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The feed of committed changes that Phonemos follows. */
class ChangeFeedEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();
  private final ScimTenant feed =
      new ScimTenant(
          tenant.id(),
          "http://127.0.0.1:" + TestEngine.port() + "/_api/directory/v1",
          tenant.issueChangesToken(TestEngine.database()));

  @Test
  void everyChangeIsToldOnceInTheOrderOfItsCommit() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    UUID staff = tenant.group("Staff").withMembers(anna).create().expect(201).id();
    tenant.patchUser(anna).replace("title", "Dr.").expect(200);
    tenant.patchUser(anna).replace("title", "Dr.").expect(200);
    tenant.deleteUser(anna).expect(204);
    // When
    List<JsonNode> changes = follow(0, 2);
    // Then
    assertThat(changes)
        .extracting(change -> change.path("revision").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, changes.size()).boxed().toList());
    assertThat(changes)
        .extracting(change -> change.path("operation").asText() + " " + change.path("id").asText())
        .startsWith("create " + anna, "create " + staff, "patch " + anna)
        .endsWith("delete " + anna);
    assertThat(changes.getFirst().at("/after/userName").asText()).isEqualTo("anna");
    assertThat(changes.getFirst().has("before")).isFalse();
    assertThat(changes.get(1).at("/after/members/0").asText()).isEqualTo(anna.toString());
    assertThat(changes.get(2).path("after").toString()).isEqualTo("{\"title\":\"Dr.\"}");
    assertThat(changes.getLast().has("after")).isFalse();
  }

  @Test
  void whoWaitsHearsOfAChangeAtOnceAndOtherwiseOfNone() {
    // Given
    CompletableFuture<ScimAnswer> waiting = changes(0).query("wait", "30").sendAsync();
    // When
    tenant.user("anna").create().expect(201);
    // Then
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(waiting).isCompleted());
    assertThat(waiting.join().body().path("changes")).hasSize(1);
    assertThat(changes(1).query("wait", "1").expect(200).body().toString())
        .isEqualTo("{\"after\":1,\"latest\":1,\"changes\":[]}");
  }

  @Test
  void whoFollowsWhatIsNotThereIsToldToReadEverythingAnew() {
    changes(7).expect(410, "");
  }

  @Test
  void parametersThatMakeNoSenseAreNamed() {
    changes(0).query("limit", "1001").expect(400, "invalidValue");
    changes(0).query("wait", "soon").expect(400, "invalidValue");
    feed.get("/changes").query("after", "-1").expect(400, "invalidValue");
    feed.request("POST", "/changes").expect(405, "");
  }

  @Test
  void aTokenOpensWhatItIsForAndNothingElse() {
    tenant.at(feed.base()).get("/changes").expect(403, "");
    feed.at(tenant.base()).get("/Users").expect(403, "");
    feed.get("/changes").without("Authorization").expect(401, "");
  }

  private ScimRequest changes(long after) {
    return feed.get("/changes").query("after", Long.toString(after));
  }

  private List<JsonNode> follow(long start, int limit) {
    List<JsonNode> all = new ArrayList<>();
    long after = start;
    while (true) {
      JsonNode page = changes(after).query("limit", Integer.toString(limit)).expect(200).body();
      page.path("changes").forEach(all::add);
      after = page.path("after").asLong();
      if (after == page.path("latest").asLong()) {
        return all;
      }
    }
  }
}
