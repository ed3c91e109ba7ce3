package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftScans.Position;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant, a realm and an engine between them in one thread and in virtual time: people come and
 * go, an administrator changes Keycloak by hand, answers are lost, the engine is killed. All of it
 * follows from the seed.
 */
final class PushSimulation {
  private static final List<String> USER_NAMES = List.of("ann", "bob", "cem", "dora", "eve");
  private static final List<String> GROUP_NAMES = List.of("Staff", "Board", "Sales");
  private static final int STEPS = 40;
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final int ROUNDS = 3;

  private final Random random;
  private final VirtualTime time;
  private final KeycloakModel keycloak = new KeycloakModel();
  private final MemoryPushStore store;
  private final MemoryDriftStore drift;
  private final List<String> story = new ArrayList<>();
  private Optional<PushLanes> engine = Optional.empty();
  private int life;
  private boolean faults;
  private boolean edits;

  PushSimulation(long seed) {
    random = new Random(seed);
    time = new VirtualTime(random);
    store =
        new MemoryPushStore(
            time,
            new PushSettings(
                new KeycloakTarget("http://keycloak", "acme", "scim", "secret"),
                TenantPolicy.DEFAULT));
    drift = new MemoryDriftStore(store);
  }

  /** Lives through it all; answers how Keycloak differs in the end, which should be in nothing. */
  List<String> run() {
    faults = random.nextInt(4) > 0;
    edits = random.nextInt(4) > 0;
    startEngine();
    for (int step = 0; step < STEPS; step++) {
      happen();
      time.run(Duration.ofMillis(random.nextInt(step % 10 == 0 ? 20_000 : 400)), () -> false);
    }
    faults = false;
    store.setAway(false);
    story.add("calm");
    if (engine.isEmpty()) {
      startEngine();
    }
    time.run(PATIENCE, store::isSettled);
    // Every account is one of ours, so there is nothing that a person would have to decide.
    List<String> givenUp = store.givenUp(DueKind.USER);
    settle();
    removeStrangers();
    settle();
    scan();
    boolean settled = settle();
    List<String> differences = differences();
    differences.addAll(givenUp);
    if (!edits) {
      drift.findings().forEach(finding -> differences.add("found without an edit: " + finding));
    }
    if (!settled || !differences.isEmpty()) {
      differences.add("settled: " + settled);
      differences.addAll(store.reasons());
      differences.addAll(story);
    }
    return differences;
  }

  /** As an operator does: wait, then have tried again what was given up. */
  private boolean settle() {
    for (int round = 0; round < ROUNDS; round++) {
      time.run(PATIENCE, store::isSettled);
      store.retry();
    }
    return time.run(PATIENCE, store::isSettled);
  }

  private void happen() {
    switch (random.nextInt(17)) {
      case 0, 1, 2 -> createUser();
      case 3 -> createGroup();
      case 4, 5, 6 -> join();
      case 7 -> leave();
      case 8 -> changeUser();
      case 9 -> deleteUser();
      case 10 -> renameOrDeleteGroup();
      case 11, 12, 13 -> editByHand();
      case 14 -> restartEngine();
      case 15 -> scan();
      default -> loseDatabase();
    }
  }

  private void createUser() {
    String name = pick(USER_NAMES);
    boolean taken =
        store.users().values().stream()
            .anyMatch(user -> user.text("userName").equals(Optional.of(name)));
    if (!taken) {
      UUID id = id();
      tell("create user " + name + " " + id);
      store.putUser(id, name, random.nextInt(5) > 0);
    }
    wake();
  }

  private void changeUser() {
    user()
        .ifPresent(id -> {
          Attributes user = store.users().get(id);
          String name =
              random.nextBoolean() ? user.text("userName").orElseThrow() : pick(USER_NAMES);
          boolean taken =
              store.users().entrySet().stream()
                  .anyMatch(other ->
                      !other.getKey().equals(id)
                          && other.getValue().text("userName").equals(Optional.of(name)));
          if (!taken) {
            boolean active = random.nextBoolean();
            tell("change user " + id + " to " + name + (active ? " active" : " inactive"));
            store.putUser(id, name, active);
          }
        });
    wake();
  }

  private void deleteUser() {
    user()
        .ifPresent(id -> {
          tell("delete user " + id);
          store.deleteUser(id);
        });
    wake();
  }

  private void createGroup() {
    String name = pick(GROUP_NAMES);
    if (isFree(name)) {
      UUID id = id();
      tell("create group " + name + " " + id);
      store.putGroup(id, name);
    }
    wake();
  }

  private void renameOrDeleteGroup() {
    group()
        .ifPresent(id -> {
          String name = pick(GROUP_NAMES);
          if (random.nextBoolean()) {
            tell("delete group " + id);
            store.deleteGroup(id);
          } else if (isFree(name)) {
            tell("rename group " + id + " to " + name);
            store.putGroup(id, name);
          }
        });
    wake();
  }

  private boolean isFree(String name) {
    return store.groups().values().stream()
        .noneMatch(group -> group.text("displayName").equals(Optional.of(name)));
  }

  private void join() {
    user()
        .ifPresent(user ->
            group()
                .ifPresent(group -> {
                  tell("join " + user + " " + group);
                  store.setMember(new Membership(user, group), true);
                }));
    wake();
  }

  private void leave() {
    store.memberships().stream()
        .sorted(java.util.Comparator.comparing(Membership::toString))
        .skip(random.nextInt(1 + store.memberships().size()))
        .findFirst()
        .ifPresent(member -> {
          tell("leave " + member);
          store.setMember(member, false);
        });
    wake();
  }

  /** What an administrator may do in Keycloak's console. */
  private void editByHand() {
    if (!edits) {
      return;
    }
    // While its link is not stored yet, its name or its mark is all there is to know it by.
    Optional<String> user =
        any(keycloak.users().keySet()).filter(id -> store.ownerOf(DueKind.USER, id).isPresent());
    Optional<String> group =
        any(keycloak.groups().keySet()).filter(id -> store.ownerOf(DueKind.GROUP, id).isPresent());
    int edit = random.nextInt(11);
    tell("by hand: " + edit + " user " + user.orElse("-") + " group " + group.orElse("-"));
    switch (edit) {
      case 0 ->
          user.ifPresent(id ->
              put(
                  id,
                  "enabled",
                  JsonNodeFactory.instance.booleanNode(
                      !keycloak.users().get(id).path("enabled").booleanValue())));
      case 1 -> user.ifPresent(id -> put(id, "firstName", JsonNodeFactory.instance.textNode("X")));
      case 2 ->
          user.ifPresent(id -> {
            ObjectNode account = keycloak.users().get(id).deepCopy();
            account.remove("attributes");
            account.putObject("attributes").putArray("badge").add("42");
            call(HttpMethod.PUT, "/users/" + id, account);
          });
      case 3 -> user.ifPresent(id -> call(HttpMethod.DELETE, "/users/" + id, empty()));
      case 4 -> group.ifPresent(id -> call(HttpMethod.DELETE, "/groups/" + id, empty()));
      case 5 ->
          group.ifPresent(
              id -> call(HttpMethod.PUT, "/groups/" + id, empty().put("name", "Renamed " + id)));
      case 6 ->
          user.ifPresent(id ->
              group.ifPresent(
                  to -> call(HttpMethod.PUT, "/users/" + id + "/groups/" + to, empty())));
      case 7 ->
          user.ifPresent(id ->
              group.ifPresent(
                  from -> call(HttpMethod.DELETE, "/users/" + id + "/groups/" + from, empty())));
      case 8 ->
          group.ifPresent(id ->
              any(keycloak.groups().keySet())
                  .filter(parent -> !isBelow(parent, id))
                  .ifPresent(parent ->
                      call(
                          HttpMethod.POST,
                          "/groups/" + parent + "/children",
                          empty().put("id", id))));
      case 9 -> call(HttpMethod.POST, "/groups", empty().put("name", pick(GROUP_NAMES)));
      default ->
          user.ifPresent(id ->
              put(
                  id,
                  "username",
                  JsonNodeFactory.instance.textNode(pick(USER_NAMES) + "@example.com")));
    }
  }

  /** Keycloak does not put a group below itself. */
  private boolean isBelow(String group, String other) {
    return group.equals(other)
        || !group.isEmpty()
            && isBelow(keycloak.groups().get(group).path("parentId").asText(""), other);
  }

  private void put(String id, String field, com.fasterxml.jackson.databind.JsonNode value) {
    ObjectNode account = empty();
    account.set(field, value);
    call(HttpMethod.PUT, "/users/" + id, account);
  }

  private void call(HttpMethod method, String path, ObjectNode body) {
    keycloak.answer(
        method,
        "http://keycloak/admin/realms/acme" + path,
        Optional.of(Buffer.buffer(body.toString())));
  }

  private void restartEngine() {
    engine.ifPresent(running -> {
      if (random.nextBoolean()) {
        tell("stop");
        running.stop();
      } else {
        tell("kill");
        life++;
      }
    });
    startEngine();
  }

  private void startEngine() {
    int born = life;
    PushLanes lanes =
        new PushLanes(
            new PushLanes.Ports(
                store,
                (method, address, headers, body) -> send(born, method, address, body),
                (delayMs, task) -> time.after(delayMs, () -> live(born, task)),
                time::nanos,
                random,
                PushRecorder.NONE),
            1 + random.nextInt(8));
    engine = Optional.of(lanes);
    tick(lanes, born);
  }

  private void tick(PushLanes lanes, int born) {
    if (born == life && engine.equals(Optional.of(lanes))) {
      lanes.look().onComplete(looked -> time.after(faults ? 500 : 5_000, () -> tick(lanes, born)));
    }
  }

  private void live(int born, Runnable task) {
    if (born == life) {
      task.run();
    }
  }

  private void wake() {
    if (random.nextInt(4) > 0) {
      engine.ifPresent(lanes -> lanes.wake(MemoryPushStore.TENANT));
    }
  }

  private void loseDatabase() {
    if (faults) {
      tell("database away");
      store.setAway(true);
      time.after(1 + random.nextInt(3_000), () -> store.setAway(false));
    }
  }

  /** A killed engine hears no answers, but what it has asked for may still happen. */
  private Future<KeycloakTransport.Exchange> send(
      int born, HttpMethod method, String address, Optional<Buffer> body) {
    Promise<KeycloakTransport.Exchange> promise = Promise.promise();
    int fault = faults ? random.nextInt(40) : -1;
    time.after(
        1 + random.nextInt(30),
        () -> {
          Optional<KeycloakTransport.Exchange> answer = fate(fault, method, address, body);
          long delay = answer.isEmpty() && random.nextBoolean() ? 10_000 : 1 + random.nextInt(30);
          time.after(
              delay,
              () ->
                  live(
                      born,
                      () ->
                          answer.ifPresentOrElse(
                              promise::complete,
                              () ->
                                  promise.fail(
                                      new KeycloakException(
                                          new Problem.Unavailable(
                                              Problem.Scope.SERVER,
                                              "no answer",
                                              Optional.empty()))))));
        });
    return promise.future();
  }

  private Optional<KeycloakTransport.Exchange> fate(
      int fault, HttpMethod method, String address, Optional<Buffer> body) {
    return switch (fault) {
      case 0 -> Optional.empty();
      case 1, 2 -> {
        keycloak.answer(method, address, body);
        yield Optional.empty();
      }
      case 3 -> Optional.of(failure(500, Optional.empty()));
      case 4 -> {
        keycloak.answer(method, address, body);
        yield Optional.of(failure(500, Optional.empty()));
      }
      case 5 -> Optional.of(failure(401, Optional.empty()));
      case 6 -> Optional.of(failure(429, Optional.of(Duration.ofSeconds(1 + random.nextInt(3)))));
      case 7 ->
          method == HttpMethod.GET || address.endsWith("/token")
              ? Optional.of(failure(503, Optional.empty()))
              : Optional.of(failure(409, Optional.empty()));
      case 8 -> {
        keycloak.answer(method, address, body);
        yield Optional.of(
            new KeycloakTransport.Exchange(
                200, "", Optional.empty(), Buffer.buffer("<html>Welcome</html>")));
      }
      default -> Optional.of(keycloak.answer(method, address, body));
    };
  }

  private static KeycloakTransport.Exchange failure(int status, Optional<Duration> retryAfter) {
    return new KeycloakTransport.Exchange(
        status, "", retryAfter, Buffer.buffer("{\"error\":\"unknown_error\"}"));
  }

  /** Groups made by hand may hold names that ours should have; a person decides about those. */
  private void removeStrangers() {
    keycloak.groups().values().stream()
        .filter(group -> KeycloakMapping.scimId(group).isEmpty())
        .map(KeycloakMapping::id)
        .filter(id -> store.ownerOf(DueKind.GROUP, id).isEmpty())
        .toList()
        .forEach(id -> call(HttpMethod.DELETE, "/groups/" + id, empty()));
  }

  /** Looks the whole realm through, beside everything else that happens. */
  private void scan() {
    tell("scan");
    int born = life;
    KeycloakCalls calls =
        new KeycloakCalls(
            (method, address, headers, body) -> send(born, method, address, body),
            new KeycloakTarget("http://keycloak", "acme", "scim", "secret"),
            new KeycloakGate(breaker(), new AdaptiveLimit(time::nanos, 1)),
            breaker(),
            time::nanos,
            PushRecorder.NONE);
    Future<Void> scanned =
        new DriftScan(
                MemoryPushStore.TENANT,
                Instant.EPOCH,
                new KeycloakClient(calls),
                new AdminEventLog(calls),
                drift,
                new Keeping(),
                true)
            .run(Position.START);
    if (!faults && story.contains("calm")) {
      time.run(PATIENCE, scanned::isComplete);
    }
  }

  private CircuitBreaker breaker() {
    return new CircuitBreaker(time::nanos, Duration.ofSeconds(10));
  }

  private final class Keeping implements DriftScan.Sink {
    @Override
    public Future<Void> found(Finding finding) {
      tell("found " + finding.kind() + " " + finding.id() + " " + finding.what());
      return drift.keep(MemoryPushStore.TENANT, finding);
    }

    @Override
    public Future<Void> reached(Position position) {
      return Future.succeededFuture();
    }

    @Override
    public void read(int count) {}
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    store
        .users()
        .forEach((id, user) -> {
          Optional<ObjectNode> account = store.link(DueKind.USER, id).map(keycloak.users()::get);
          if (!PushPlan.user(KeycloakMapping.user(id, user), account, false, false).isEmpty()) {
            differences.add("user " + id + " is " + account);
          }
        });
    store
        .groups()
        .forEach((id, group) -> {
          Optional<ObjectNode> actual = store.link(DueKind.GROUP, id).map(keycloak.groups()::get);
          if (!PushPlan.group(KeycloakMapping.group(id, group), actual).isEmpty()) {
            differences.add("group " + id + " is " + actual);
          }
        });
    Set<Membership> actual = new HashSet<>();
    keycloak
        .users()
        .forEach((account, representation) -> {
          Optional<UUID> user = store.ownerOf(DueKind.USER, account);
          user.ifPresent(owner ->
              keycloak
                  .groupsOf(account)
                  .forEach(joined ->
                      store
                          .ownerOf(DueKind.GROUP, joined)
                          .ifPresent(group -> actual.add(new Membership(owner, group)))));
          KeycloakMapping.scimId(representation)
              .filter(mark -> !store.users().containsKey(mark))
              .ifPresent(mark -> differences.add("account " + account + " of the deleted " + mark));
        });
    keycloak
        .groups()
        .forEach((group, representation) ->
            KeycloakMapping.scimId(representation)
                .filter(mark -> !store.groups().containsKey(mark))
                .ifPresent(mark -> differences.add("group " + group + " of the deleted " + mark)));
    if (!actual.equals(store.memberships())) {
      differences.add("memberships are " + actual + " instead of " + store.memberships());
    }
    return differences;
  }

  private Optional<UUID> user() {
    return any(store.users().keySet());
  }

  private Optional<UUID> group() {
    return any(store.groups().keySet());
  }

  private <T> Optional<T> any(Set<T> all) {
    return all.isEmpty()
        ? Optional.empty()
        : all.stream().skip(random.nextInt(all.size())).findFirst();
  }

  private String pick(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private void tell(String event) {
    story.add(time.millis() + " ms: " + event);
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
