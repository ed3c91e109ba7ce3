package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates.Desired;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to users, groups and memberships here, in Keycloak and on the way: when it has
 * stopped, pushing what is due leads to what is wanted.
 */
final class ConvergenceTest {
  private static final int STEPS = 120;
  private static final int ROUNDS = 60;
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final Map<UUID, Attributes> users = new HashMap<>();
  private final Map<UUID, Attributes> groups = new HashMap<>();
  private final Set<Membership> memberships = new HashSet<>();
  private final Set<Due> due = new LinkedHashSet<>();
  private final Map<UUID, String> links = new HashMap<>();
  private final List<UUID> ids = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();

  private record Due(DueKind kind, UUID id, UUID group) {}

  static List<Long> seeds() {
    return new Random(20).longs(300).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pushingWhatIsDueLeadsToWhatIsWanted(long seed) {
    // Given
    Random random = new Random(seed);
    ModelRealm realm = new ModelRealm(random);
    for (int i = 0; i < 12; i++) {
      ids.add(new UUID(seed, i));
    }
    // When
    realm.failPercent(30);
    for (int step = 0; step < STEPS; step++) {
      change(random);
      if (random.nextInt(4) == 0) {
        meddle(random, realm);
      }
      if (random.nextInt(3) == 0) {
        pushOnce(realm, random);
      }
      if (random.nextInt(40) == 0) {
        links.keySet().removeIf(lost -> random.nextInt(3) == 0 && users.containsKey(lost));
      }
    }
    realm.failPercent(0);
    users.keySet().forEach(user -> due.add(new Due(DueKind.USER, user, Claim.NO_GROUP)));
    groups.keySet().forEach(group -> due.add(new Due(DueKind.GROUP, group, Claim.NO_GROUP)));
    memberships.forEach(one -> due.add(new Due(DueKind.MEMBERSHIP, one.user(), one.group())));
    for (int round = 0; round < ROUNDS && !due.isEmpty(); round++) {
      pushOnce(realm, random);
    }
    // Then
    assertThat(givenUp).isEmpty();
    assertThat(due).isEmpty();
    assertThat(accounts(realm)).isEqualTo(wantedAccounts());
    assertThat(realm.members.stream().map(List::toString).collect(Collectors.toSet()))
        .isEqualTo(wantedMembers());
    assertThat(realm.groups.values().stream().map(group -> group.path("name").asText()))
        .containsExactlyInAnyOrderElementsOf(
            groups.values().stream().map(group -> group.text("displayName").get()).toList());
  }

  private void change(Random random) {
    int dice = random.nextInt(100);
    UUID user = ids.get(random.nextInt(8));
    UUID group = ids.get(8 + random.nextInt(4));
    if (dice < 40) {
      String name = "name" + random.nextInt(12);
      boolean free =
          users.entrySet().stream()
              .noneMatch(other ->
                  !other.getKey().equals(user)
                      && other.getValue().text("userName").get().equals(name));
      if (free) {
        users.put(user, user(name, random));
        mark(DueKind.USER, user, Claim.NO_GROUP);
      }
    } else if (dice < 50) {
      users.remove(user);
      mark(DueKind.USER, user, Claim.NO_GROUP);
      dropMemberships(member -> member.user().equals(user));
    } else if (dice < 65) {
      String name = "group" + random.nextInt(8);
      boolean free =
          groups.entrySet().stream()
              .noneMatch(other ->
                  !other.getKey().equals(group)
                      && other.getValue().text("displayName").get().equals(name));
      if (free) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("displayName", name);
        groups.put(group, Attributes.of(tree));
        mark(DueKind.GROUP, group, Claim.NO_GROUP);
      }
    } else if (dice < 70) {
      groups.remove(group);
      mark(DueKind.GROUP, group, Claim.NO_GROUP);
      dropMemberships(member -> member.group().equals(group));
    } else if (users.containsKey(user) && groups.containsKey(group)) {
      Membership membership = new Membership(user, group);
      if (dice < 85) {
        memberships.add(membership);
      } else {
        memberships.remove(membership);
      }
      mark(DueKind.MEMBERSHIP, user, group);
    }
  }

  private void dropMemberships(java.util.function.Predicate<Membership> gone) {
    for (Membership membership : Set.copyOf(memberships)) {
      if (gone.test(membership)) {
        memberships.remove(membership);
        mark(DueKind.MEMBERSHIP, membership.user(), membership.group());
      }
    }
  }

  private static Attributes user(String name, Random random) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("userName", name).put("active", random.nextBoolean());
    if (random.nextBoolean()) {
      tree.put("displayName", "Display " + random.nextInt(3)).put("externalId", name);
    }
    if (random.nextBoolean()) {
      tree.putObject("name").put("givenName", "Given " + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      tree.put("preferredLanguage", "de");
    }
    return Attributes.of(tree);
  }

  /** Somebody edits Keycloak by hand. */
  private static void meddle(Random random, ModelRealm realm) {
    List<String> accounts = List.copyOf(realm.users.keySet());
    List<String> all = List.copyOf(realm.groups.keySet());
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!accounts.isEmpty()) {
          String gone = accounts.get(random.nextInt(accounts.size()));
          realm.users.remove(gone);
          realm.members.removeIf(member -> member.get(0).equals(gone));
        }
      }
      case 1 -> {
        if (!all.isEmpty()) {
          String gone = all.get(random.nextInt(all.size()));
          realm.groups.remove(gone);
          realm.members.removeIf(member -> member.get(1).equals(gone));
        }
      }
      case 2 -> {
        if (!accounts.isEmpty()) {
          ObjectNode edited = realm.users.get(accounts.get(random.nextInt(accounts.size())));
          edited.put("enabled", random.nextBoolean()).put("firstName", "By hand");
        }
      }
      default -> realm.members.removeIf(member -> random.nextInt(3) == 0);
    }
  }

  private void mark(DueKind kind, UUID id, UUID group) {
    due.add(new Due(kind, id, group));
  }

  private void pushOnce(ModelRealm realm, Random random) {
    List<Due> claimed = new ArrayList<>(due);
    java.util.Collections.shuffle(claimed, random);
    for (Due one : claimed) {
      due.remove(one);
      Claim claim =
          new Claim(TENANT, one.kind(), one.id(), one.group(), 0, true, 1, 1, Duration.ZERO);
      Desired desired = new Desired(Map.copyOf(users), Map.copyOf(groups), Set.copyOf(memberships));
      CircuitBreaker closed = new CircuitBreaker(() -> 0, Duration.ofSeconds(1));
      ClaimPush push =
          new ClaimPush(realm, new Ledger(), desired, closed, closed, new Backoff(random));
      Future<PushOutcome> pushed = push.push(claim);
      assertThat(pushed.isComplete()).isTrue();
      switch (pushed.result()) {
        case PushOutcome.Later later -> due.add(one);
        case PushOutcome.GivenUp gaveUp -> givenUp.add(gaveUp.reason());
        case PushOutcome.InSync inSync -> {}
        case PushOutcome.Pushed done -> {}
      }
    }
  }

  private static Map<String, String> accounts(ModelRealm realm) {
    Map<String, String> accounts = new HashMap<>();
    realm.users.values().forEach(user -> accounts.put(mark(user), essence(user)));
    assertThat(accounts).as("no account twice").hasSameSizeAs(realm.users.values());
    return accounts;
  }

  private Map<String, String> wantedAccounts() {
    Map<String, String> accounts = new HashMap<>();
    users.forEach((id, attributes) -> {
      ObjectNode wanted = KeycloakMapping.user(id, attributes).representation();
      accounts.put(id.toString(), essence(wanted));
    });
    return accounts;
  }

  private static String essence(ObjectNode user) {
    ObjectNode managed = user.deepCopy();
    managed.remove("id");
    if (managed.path("attributes") instanceof ObjectNode attributes) {
      attributes.remove("locale");
    }
    return new java.util.TreeMap<>(
            managed.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().toString())))
        .toString();
  }

  private static String mark(ObjectNode account) {
    return KeycloakMapping.scimId(account).map(UUID::toString).orElse("unmarked");
  }

  private Set<String> wantedMembers() {
    return memberships.stream()
        .map(one -> List.of(links.get(one.user()), links.get(one.group())).toString())
        .collect(Collectors.toSet());
  }

  private final class Ledger implements PushLedger {
    @Override
    public Optional<String> link(DueKind kind, UUID id) {
      return Optional.ofNullable(links.get(id));
    }

    @Override
    public void linked(DueKind kind, UUID id, String keycloakId) {
      links.put(id, keycloakId);
    }

    @Override
    public void unlinked(DueKind kind, UUID id, String keycloakId) {
      links.remove(id, keycloakId);
    }

    @Override
    public Future<Optional<UUID>> owner(DueKind kind, String keycloakId) {
      return Future.succeededFuture(
          links.entrySet().stream()
              .filter(link -> link.getValue().equals(keycloakId))
              .map(Map.Entry::getKey)
              .findFirst());
    }

    @Override
    public Future<Boolean> exists(DueKind kind, UUID id) {
      return Future.succeededFuture(users.containsKey(id) || groups.containsKey(id));
    }

    @Override
    public Future<Void> markMemberships(DueKind kind, UUID id) {
      memberships.stream()
          .filter(one -> one.user().equals(id) || one.group().equals(id))
          .forEach(one -> mark(DueKind.MEMBERSHIP, one.user(), one.group()));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> markForRepair(DueKind kind, UUID id) {
      mark(kind, id, Claim.NO_GROUP);
      return Future.succeededFuture();
    }
  }
}
