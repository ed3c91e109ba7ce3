package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimRequest;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way Entra ID fills a group: one PATCH per member, many at a time. */
final class ParallelPatchIT {
  private static final int CLIENTS = 20;
  private static final int PATCHES = 50;
  private static final int MEMBERS = CLIENTS * PATCHES;

  @TempDir Path folder;

  private FaultWorld world;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aThousandParallelPatchesOfOneGroupLoseNoMember() {
    // Given
    TestRealm realm = FaultWorld.realm();
    EngineProcess engine = world.engine().start().awaitReady();
    ScimTenant tenant = world.tenant(engine, "acme", Optional.of(FaultWorld.target(realm)));
    UUID staff = tenant.group("Staff").create().expect(201).id();
    List<UUID> users =
        answers(
                IntStream.range(0, MEMBERS)
                    .mapToObj(i -> tenant.user("user" + i + "@example.com").create()))
            .map(ScimAnswer::id)
            .toList();
    // When
    List<Integer> statuses =
        answers(users.stream().map(user -> tenant.patchGroup(staff).addMembers(user).request()))
            .map(ScimAnswer::status)
            .toList();
    // Then
    assertThat(statuses).hasSize(MEMBERS).containsOnly(200);
    assertThat(
            world
                .rows()
                .texts("SELECT member_id::text FROM group_member WHERE group_id = ?", staff)
                .stream()
                .map(UUID::fromString))
        .containsExactlyInAnyOrderElementsOf(users);
    assertThat(tenant.readGroup(staff).expect(200).each("/members", "value"))
        .hasSize(MEMBERS)
        .doesNotHaveDuplicates();
    world.awaitAgreement(tenant, realm);
    assertThat(realm.memberNames("Staff")).hasSize(MEMBERS);
  }

  /** Of requests that are all under way at once. */
  private static Stream<ScimAnswer> answers(Stream<ScimRequest> requests) {
    List<CompletableFuture<ScimAnswer>> sent = requests.map(ScimRequest::sendAsync).toList();
    return sent.stream().map(CompletableFuture::join);
  }
}
