package com.phonemos.scim.engine.tenant;

import static com.phonemos.scim.engine.scim.schema.ResourceType.GROUP;
import static com.phonemos.scim.engine.scim.schema.ResourceType.USER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Actor;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.patch.Patch;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The write path on a real PostgreSQL: from a command on the bus to committed rows. */
class MutationVerticleTest {
  private static final Actor ACTOR = new Actor(UUID.randomUUID(), "test");

  private static TestShard shard;
  private static Rows rows;
  private TenantId tenant;

  @BeforeAll
  static void deploy() {
    shard = new TestShard();
    rows = shard.rows();
  }

  @AfterAll
  static void close() {
    shard.close();
  }

  @BeforeEach
  void createTenant() {
    tenant = shard.newTenant();
  }

  @Test
  void aNewUserIsCommittedWithJournalAndDueMark() {
    // When
    Reply reply = send(create("anna@example.org"));
    // Then
    assertThat(reply).isInstanceOf(Reply.Created.class);
    assertThat(count("scim_user")).isEqualTo(1);
    assertThat(rows.texts("SELECT operation FROM journal WHERE tenant_id = ?", tenant.value()))
        .containsExactly("create");
    assertThat(rows.texts("SELECT kind FROM due WHERE tenant_id = ?", tenant.value()))
        .containsExactly("USER");
    assertThat(rows.texts("SELECT user_count::text FROM tenant WHERE id = ?", tenant.value()))
        .containsExactly("1");
  }

  @Test
  void ofFiftyCreatesOfOneNameAtOnceOneWins() {
    // When
    List<Reply> replies = sendAll(IntStream.range(0, 50).mapToObj(i -> create("ANNA")).toList());
    // Then
    assertThat(replies).filteredOn(Reply.Created.class::isInstance).hasSize(1);
    assertThat(replies)
        .filteredOn(
            reply -> reply instanceof Reply.Rejected rejected && rejected.error().status() == 409)
        .hasSize(49);
    assertThat(count("scim_user")).isEqualTo(1);
  }

  @Test
  void revisionsAreContiguousWhateverTheBatches() {
    // When
    sendAll(IntStream.range(0, 300).mapToObj(i -> create("user" + i)).toList());
    // Then
    assertThat(
            rows.texts(
                "SELECT revision::text FROM journal WHERE tenant_id = ? ORDER BY journal.revision",
                tenant.value()))
        .isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(Integer::toString).toList());
  }

  @Test
  void parallelAddsToOneGroupLoseNoMember() {
    // Given
    List<UUID> users =
        sendAll(IntStream.range(0, 200).mapToObj(i -> create("m" + i)).toList()).stream()
            .map(MutationVerticleTest::id)
            .toList();
    UUID group = id(send(createGroup("Team", Set.of())));
    // When
    sendAll(users.stream().map(user -> add(group, Set.of(user))).toList());
    // Then
    assertThat(count("group_member")).isEqualTo(200);
    assertThat(rows.texts("SELECT member_count::text FROM scim_group WHERE id = ?", group))
        .containsExactly("200");
  }

  @Test
  void addingAMemberTwiceChangesNothing() {
    // Given
    UUID user = id(send(create("anna")));
    UUID group = id(send(createGroup("Team", Set.of(user))));
    // When
    Reply reply = send(add(group, Set.of(user)));
    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Written.class,
            written -> assertThat(written.resource().version().revision()).isEqualTo(2));
    assertThat(count("journal")).isEqualTo(2);
  }

  @Test
  void anUnknownMemberIsRefusedAndNothingIsHalfDone() {
    // Given
    UUID user = id(send(create("anna")));
    UUID group = id(send(createGroup("Team", Set.of())));
    // When
    Reply reply = send(add(group, Set.of(user, UUID.randomUUID())));
    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Rejected.class, rejected -> assertThat(rejected.error().status()).isEqualTo(400));
    assertThat(count("group_member")).isZero();
  }

  @Test
  void aDeletedUserLeavesItsGroupsAndTheirVersionsChange() {
    // Given
    UUID user = id(send(create("anna")));
    UUID group = id(send(createGroup("Team", Set.of(user))));
    // When
    Reply reply = send(delete(USER, user));
    // Then
    assertThat(reply).isInstanceOf(Reply.Deleted.class);
    assertThat(count("group_member")).isZero();
    assertThat(
            rows.texts(
                "SELECT member_count || '/' || revision FROM scim_group WHERE id = ?", group))
        .containsExactly("0/3");
  }

  @Test
  void aDeletedGroupTakesItsMembershipsAlong() {
    // Given
    UUID user = id(send(create("anna")));
    UUID group = id(send(createGroup("Team", Set.of(user))));
    // When
    send(delete(GROUP, group));
    // Then
    assertThat(count("group_member")).isZero();
    assertThat(rows.texts("SELECT group_count::text FROM tenant WHERE id = ?", tenant.value()))
        .containsExactly("0");
  }

  @Test
  void aNameThatWasFreedInTheSameBatchCanBeTaken() {
    // Given
    UUID first = id(send(create("anna")));
    // When
    List<Reply> replies = sendAll(List.of(delete(USER, first), create("anna")));
    // Then
    assertThat(replies).hasExactlyElementsOfTypes(Reply.Deleted.class, Reply.Created.class);
  }

  @Test
  void aPoisonousCommandFailsAloneInItsBatch() {
    // Given
    ObjectNode poison = user("poison");
    poison.put("title", "\0");
    // When
    List<Future<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Command command =
          i == 7
              ? new Command.Create(key(USER), ACTOR, Attributes.of(poison), Set.of())
              : create("user" + i);
      replies.add(shard.send(command));
    }
    settle(replies);
    // Then
    assertThat(replies).filteredOn(Future::succeeded).hasSize(19);
    assertThat(count("scim_user")).isEqualTo(19);
  }

  private ResourceKey key(ResourceType type) {
    return new ResourceKey(tenant, type, UUID.randomUUID());
  }

  private Command create(String userName) {
    return new Command.Create(key(USER), ACTOR, Attributes.of(user(userName)), Set.of());
  }

  private Command createGroup(String displayName, Set<UUID> members) {
    ObjectNode group = JsonNodeFactory.instance.objectNode().put("displayName", displayName);
    return new Command.Create(key(GROUP), ACTOR, Attributes.of(group), members);
  }

  private Command add(UUID group, Set<UUID> members) {
    return new Command.Patch(
        new ResourceKey(tenant, GROUP, group),
        ACTOR,
        Preconditions.NONE,
        new Patch(SchemaRegistry.load(), GROUP, List.of(), List.of(new MemberChange.Add(members))));
  }

  private Command delete(ResourceType type, UUID id) {
    return new Command.Delete(new ResourceKey(tenant, type, id), ACTOR, Preconditions.NONE);
  }

  private static ObjectNode user(String userName) {
    return JsonNodeFactory.instance.objectNode().put("userName", userName);
  }

  private static UUID id(Reply reply) {
    return ((Reply.Created) reply).resource().key().id();
  }

  private int count(String table) {
    return Integer.parseInt(
        rows.texts("SELECT count(*)::text FROM " + table + " WHERE tenant_id = ?", tenant.value())
            .getFirst());
  }

  private static Reply send(Command command) {
    return sendAll(List.of(command)).getFirst();
  }

  private static List<Reply> sendAll(List<Command> commands) {
    List<Future<Reply>> replies = commands.stream().map(shard::send).toList();
    settle(replies);
    return replies.stream().map(Future::result).toList();
  }

  private static void settle(List<Future<Reply>> replies) {
    TestShard.await(Future.join(replies).otherwiseEmpty());
  }
}
