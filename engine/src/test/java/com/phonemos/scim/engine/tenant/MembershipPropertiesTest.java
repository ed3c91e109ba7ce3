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
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.patch.MemberFilter;
import com.phonemos.scim.engine.scim.patch.Patch;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of groups against the simplest model there is: a set of ids per group. */
class MembershipPropertiesTest {
  private static final Actor ACTOR = new Actor(UUID.randomUUID(), "test");
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

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
  void membersAreWhatTheOperationsSayHoweverTheyAreBatched() {
    // Given
    long seed = Instant.now().toEpochMilli();
    Random random = new Random(seed);
    List<UUID> users = ids(IntStream.range(0, 8).mapToObj(i -> user("user" + i)).toList());
    List<UUID> groups = ids(IntStream.range(0, 4).mapToObj(i -> group("group" + i)).toList());
    Model model = new Model(users, groups);
    for (int burst = 0; burst < 60; burst++) {
      // When
      List<Command> commands = new ArrayList<>();
      List<Boolean> expected = new ArrayList<>();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        Command command = command(random, model);
        commands.add(command);
        expected.add(model.accepts(command));
      }
      List<Reply> replies = sendAll(commands);
      // Then
      String where = "seed " + seed + ", burst " + burst + ": " + commands + replies;
      assertThat(replies.stream().map(reply -> !(reply instanceof Reply.Rejected)).toList())
          .as(where)
          .isEqualTo(expected);
      assertThat(members()).as(where).isEqualTo(model.members());
      assertThat(memberCounts()).as(where).isEqualTo(model.memberCounts());
    }
  }

  @Test
  void replacingTheMembersOfALargeGroupTouchesOnlyTheDifference() {
    // Given
    UUID group = id(sendAll(List.of(group("Everybody"))).getFirst());
    rows.update(
        """
        INSERT INTO scim_user (tenant_id, id, user_name_key, active, email_keys, resource, revision,
                               created, modified)
        SELECT ?, gen_random_uuid(), 'many' || i, TRUE, '{}', '{}', 1, now(), now()
        FROM generate_series(1, 100010) i
        """,
        tenant.value());
    rows.update(
        """
        INSERT INTO group_member (tenant_id, group_id, member_id, type)
        SELECT tenant_id, ?, id, 'User' FROM scim_user
        WHERE tenant_id = ? AND user_name_key NOT IN (
          SELECT 'many' || i FROM generate_series(1, 10) i)
        """,
        group,
        tenant.value());
    rows.update("UPDATE scim_group SET member_count = 100000 WHERE tenant_id = ?", tenant.value());
    Set<UUID> list = new HashSet<>();
    rows.texts(
            "SELECT id FROM scim_user WHERE tenant_id = ? ORDER BY length(user_name_key),"
                + " user_name_key LIMIT 100000",
            tenant.value())
        .forEach(id -> list.add(UUID.fromString(id)));
    // When
    Reply reply = sendAll(List.of(patch(group, new MemberChange.Replace(list)))).getFirst();
    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Written.class,
            written -> assertThat(written.resource().memberCount()).isEqualTo(100_000));
    assertThat(
            rows.texts(
                "SELECT count(DISTINCT xmin::text) || ' ' || count(*) || ' ' || (SELECT count(*)"
                    + " FROM due WHERE tenant_id = m.tenant_id AND kind = 'MEMBERSHIP') FROM"
                    + " group_member m WHERE tenant_id = ? GROUP BY tenant_id",
                tenant.value()))
        .containsExactly("2 100000 20");
    assertThat(
            rows.number(
                "SELECT count(*) FROM group_member WHERE tenant_id = ? AND xmin = (SELECT xmin FROM"
                    + " scim_group WHERE id = ?)",
                tenant.value(),
                group))
        .isEqualTo(10);
  }

  /** What the members should be, told one command at a time. */
  private final class Model {
    private final Map<UUID, Set<UUID>> groups = new HashMap<>();

    /** Those that are gone among them: nobody may become a member again by an old id. */
    private final List<UUID> all;

    private final Set<UUID> users;
    private final Set<UUID> existing;

    Model(List<UUID> users, List<UUID> groups) {
      this.users = new HashSet<>(users);
      this.existing = new HashSet<>(users);
      existing.addAll(groups);
      groups.forEach(group -> this.groups.put(group, new TreeSet<>()));
      this.all = new ArrayList<>(existing);
    }

    boolean accepts(Command command) {
      if (command instanceof Command.Delete delete) {
        boolean there = existing.remove(delete.key().id());
        users.remove(delete.key().id());
        groups.remove(delete.key().id());
        groups.values().forEach(members -> members.remove(delete.key().id()));
        return there;
      }
      Command.Patch patch = (Command.Patch) command;
      Set<UUID> current = groups.get(patch.key().id());
      if (current == null) {
        return false;
      }
      Set<UUID> after = new TreeSet<>(current);
      for (MemberChange change : patch.patch().memberChanges()) {
        if (!apply(change, after)) {
          return false;
        }
      }
      if (!existing.containsAll(after) || after.contains(patch.key().id())) {
        return false;
      }
      groups.put(patch.key().id(), after);
      return true;
    }

    private boolean apply(MemberChange change, Set<UUID> members) {
      switch (change) {
        case MemberChange.Add add -> members.addAll(add.members());
        case MemberChange.Remove remove -> members.removeAll(remove.members());
        case MemberChange.Replace replace -> {
          members.clear();
          members.addAll(replace.members());
        }
        case MemberChange.RemoveSelected remove -> members.removeAll(users);
        case MemberChange.ReplaceSelected replace -> {
          if (!members.removeAll(users)) {
            return false;
          }
          members.addAll(replace.members());
        }
      }
      return true;
    }

    Set<String> members() {
      Set<String> all = new TreeSet<>();
      groups.forEach((group, members) -> members.forEach(member -> all.add(group + " " + member)));
      return all;
    }

    Set<String> memberCounts() {
      Set<String> all = new TreeSet<>();
      groups.forEach((group, members) -> all.add(group + " " + members.size()));
      return all;
    }
  }

  private Command command(Random random, Model model) {
    List<UUID> all = model.all;
    UUID any = all.get(random.nextInt(all.size()));
    if (random.nextInt(40) == 0) {
      ResourceType type = model.groups.containsKey(any) ? GROUP : USER;
      return new Command.Delete(new ResourceKey(tenant, type, any), ACTOR, Preconditions.NONE);
    }
    List<UUID> groups = new ArrayList<>(new TreeSet<>(model.groups.keySet()));
    if (groups.isEmpty()) {
      return patch(any, new MemberChange.Add(Set.of()));
    }
    MemberChange[] changes = new MemberChange[1 + random.nextInt(2)];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = change(random, all);
    }
    return patch(groups.get(random.nextInt(groups.size())), changes);
  }

  private static MemberChange change(Random random, List<UUID> all) {
    Set<UUID> some = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> new MemberChange.Remove(some);
      case 2, 3 -> new MemberChange.Replace(some);
      case 4 -> new MemberChange.RemoveSelected(usersOnly());
      case 5 -> new MemberChange.ReplaceSelected(usersOnly(), some);
      default -> new MemberChange.Add(some);
    };
  }

  private static MemberFilter usersOnly() {
    Attribute members = SCHEMAS.find(GROUP, AttributePath.of("members")).orElseThrow();
    return new MemberFilter(
        members,
        FilterCheck.checkElement(
            members, FilterParser.parseValueFilter("type eq \"user\" and display sw \"USER\"")));
  }

  private Command user(String userName) {
    return new Command.Create(
        new ResourceKey(tenant, USER, UUID.randomUUID()),
        ACTOR,
        named("userName", userName),
        Set.of());
  }

  private Command group(String displayName) {
    return new Command.Create(
        new ResourceKey(tenant, GROUP, UUID.randomUUID()),
        ACTOR,
        named("displayName", displayName),
        Set.of());
  }

  private Command patch(UUID group, MemberChange... changes) {
    return new Command.Patch(
        new ResourceKey(tenant, GROUP, group),
        ACTOR,
        Preconditions.NONE,
        new Patch(SCHEMAS, GROUP, List.of(), List.of(changes)));
  }

  private static Attributes named(String attribute, String name) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    return Attributes.of(tree.put(attribute, name));
  }

  private Set<String> members() {
    return new TreeSet<>(
        rows.texts(
            "SELECT group_id || ' ' || member_id FROM group_member WHERE tenant_id = ?",
            tenant.value()));
  }

  private Set<String> memberCounts() {
    return new TreeSet<>(
        rows.texts(
            "SELECT id || ' ' || member_count FROM scim_group WHERE tenant_id = ?",
            tenant.value()));
  }

  private static List<UUID> ids(List<Command> commands) {
    return sendAll(commands).stream().map(MembershipPropertiesTest::id).toList();
  }

  private static UUID id(Reply reply) {
    return ((Reply.Created) reply).resource().key().id();
  }

  private static List<Reply> sendAll(List<Command> commands) {
    List<Future<Reply>> replies = commands.stream().map(shard::send).toList();
    TestShard.await(Future.all(replies));
    return replies.stream().map(Future::result).toList();
  }
}
