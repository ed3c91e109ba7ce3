package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the push does, and how often it asks, while Keycloak fails; in virtual time. */
final class PushFaultsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(3);
  private static final int USERS = 40;

  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger("com.phonemos.scim.engine.keycloak");

  private final VirtualPush push = new VirtualPush();

  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.ERROR);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @Test
  void aDayWithoutKeycloakCostsAProbeEveryTenSecondsAndEndsByItself() {
    // Given
    push.network((call, keycloak) -> Optional.empty());
    push.users(USERS);
    push.start();
    // When
    push.pass(Duration.ofHours(24));
    // Then
    assertThat(push.calls)
        .as("a probe takes ten seconds to fail, and ten pass until the next")
        .hasSizeLessThan(24 * 3600 / 20 + 20);
    assertThat(push.store.givenUp(DueKind.USER)).isEmpty();
    // When
    push.network(VirtualPush::answered);
    boolean settled = push.settle(SOON);
    // Then
    assertThat(settled).as("drained within %s of the first answer", SOON).isTrue();
    assertThat(push.keycloak.users()).hasSize(USERS);
  }

  @Test
  void callsThatHangAreBoundedInNumber() {
    // Given
    push.network((call, keycloak) -> call.isToken() ? answer(keycloak) : Optional.empty());
    push.users(USERS);
    push.start();
    // When
    push.pass(Duration.ofMinutes(5));
    // Then
    assertThat(push.mostInFlight()).isLessThanOrEqualTo(8);
    assertThat(push.calls).hasSizeLessThan(40);
  }

  @Test
  void whenThreeCallsOfTenFailEverybodyArrivesWithAtMostTwiceTheAttempts() {
    // Given
    push.network((call, keycloak) ->
        push.random.nextInt(10) < 3 && !call.isToken()
            ? VirtualPush.error(500, "{\"error\":\"unknown_error\"}")
            : answer(keycloak));
    push.users(USERS);
    push.start();
    // When
    boolean settled = push.settle(LONG);
    // Then
    assertThat(settled).isTrue();
    assertThat(push.keycloak.users()).hasSize(USERS);
    assertThat(push.callsSince(0).stream().filter(call -> call.method() == HttpMethod.POST))
        .hasSizeLessThanOrEqualTo(2 * USERS);
  }

  @Test
  void anExpiredTokenIsReplacedOnceForAllCallsThatWaitForIt() {
    // Given
    push.users(USERS);
    int[] tokens = {0};
    push.network((call, keycloak) -> {
      if (call.isToken()) {
        tokens[0]++;
        return answer(keycloak);
      }
      boolean expired = tokens[0] == 1 && push.callsSince(0).size() > USERS / 2;
      return expired ? VirtualPush.error(401, "{}") : answer(keycloak);
    });
    push.start();
    // When
    boolean settled = push.settle(SOON);
    // Then
    assertThat(settled).isTrue();
    assertThat(push.keycloak.users()).hasSize(USERS);
    assertThat(tokens[0]).isEqualTo(2);
  }

  @Test
  void refusedCredentialsAreTriedOnceAMinuteAndAnotherTimeWhenTheyAreAccepted() {
    // Given
    push.network((call, keycloak) -> VirtualPush.error(401, "{\"error\":\"unauthorized_client\"}"));
    push.users(USERS);
    push.start();
    push.pass(Duration.ofMinutes(10));
    long pausedMs = push.time.millis();
    int before = push.calls.size();
    // When
    push.pass(Duration.ofMinutes(10));
    // Then
    assertThat(before).isLessThan(30);
    assertThat(push.calls.size() - before).as("calls in ten minutes").isLessThanOrEqualTo(11);
    assertThat(push.callsSince(pausedMs)).isEmpty();
    assertThat(push.store.givenUp(DueKind.USER)).isEmpty();
    // When
    push.network(VirtualPush::answered);
    boolean settled = push.settle(Duration.ofMinutes(2));
    // Then
    assertThat(settled).isTrue();
    assertThat(push.keycloak.users()).hasSize(USERS);
  }

  @Test
  void aMissingRoleStopsTheTenantAndNotEveryUserAlone() {
    // Given
    push.network((call, keycloak) ->
        call.isToken() ? answer(keycloak) : VirtualPush.error(403, "{\"error\":\"HTTP 403\"}"));
    push.users(USERS);
    push.start();
    // When
    push.pass(Duration.ofMinutes(10));
    // Then
    assertThat(push.calls).hasSizeLessThan(40);
    assertThat(push.store.givenUp(DueKind.USER)).isEmpty();
  }

  @Test
  void aBadRequestThatNamesNoFieldIsTriedAgain() {
    // Given
    UUID user = push.users(1).getFirst();
    push.network((call, keycloak) ->
        call.isToken() || push.callsSince(0).size() > 2
            ? answer(keycloak)
            : VirtualPush.error(400, "{\"error\":\"unknown_error\"}"));
    push.start();
    // When
    boolean settled = push.settle(SOON);
    // Then
    assertThat(settled).isTrue();
    assertThat(push.isPushed(user)).isTrue();
  }

  @Test
  void whicheverAnswerIsLostAfterItsCallTookEffectNothingIsThereTwice() {
    for (int lost = 0; lost < 40; lost++) {
      // Given
      VirtualPush world = new VirtualPush();
      int losing = lost;
      world.network((call, keycloak) -> {
        Optional<KeycloakTransport.Exchange> answer = answer(keycloak);
        return world.calls.size() == losing + 1 ? Optional.empty() : answer;
      });
      UUID group = world.group("Staff");
      List<UUID> users = world.users(5);
      users.forEach(user -> world.store.setMember(new Membership(user, group), true));
      world.start();
      world.pass(Duration.ofSeconds(1));
      world.store.putUser(users.get(0), "renamed", true);
      world.store.putUser(users.get(1), "user1", false);
      world.store.deleteUser(users.get(2));
      world.store.setMember(new Membership(users.get(3), group), false);
      world.store.putGroup(group, "Everybody");
      // When
      boolean settled = world.settle(LONG);
      // Then
      assertThat(settled).as("lost answer %d", lost).isTrue();
      assertThat(names(world)).containsExactlyInAnyOrder("renamed", "user1", "user3", "user4");
      assertThat(world.keycloak.groups().values())
          .extracting(found -> found.path("name").textValue())
          .containsExactly("Everybody");
      assertThat(members(world, group)).isEqualTo(Set.of(users.get(0), users.get(1), users.get(4)));
    }
  }

  @Test
  void aDemandedPauseIsKeptToTheSecond() {
    // Given
    push.users(USERS);
    long[] demanded = {-1};
    push.network((call, keycloak) -> {
      if (call.isToken() || demanded[0] >= 0) {
        return answer(keycloak);
      }
      demanded[0] = call.atMs();
      return VirtualPush.busy(Duration.ofSeconds(7));
    });
    push.start();
    // When
    boolean settled = push.settle(SOON);
    // Then
    assertThat(settled).isTrue();
    long heardMs = demanded[0] + 10;
    assertThat(push.calls)
        .noneMatch(call -> call.atMs() > heardMs && call.atMs() < demanded[0] + 7_000);
    assertThat(push.callsSince(demanded[0] + 7_000)).hasSizeGreaterThanOrEqualTo(USERS - 8);
  }

  @Test
  void whomKeycloakRefusesWaitsAloneUntilItIsChanged() {
    // Given
    UUID refused = push.users(1).getFirst();
    List<UUID> others = push.users(USERS);
    push.network((call, keycloak) ->
        push.callsSince(0).size() == 1 && !call.isToken()
            ? VirtualPush.error(
                400, "{\"field\":\"email\",\"errorMessage\":\"error-invalid-email\"}")
            : answer(keycloak));
    push.start();
    // When
    boolean settled = push.settle(Duration.ofSeconds(2));
    // Then
    assertThat(settled).isTrue();
    assertThat(others).allMatch(push::isPushed);
    assertThat(push.reason(refused).orElseThrow())
        .endsWith("Keycloak does not accept this content: email: error-invalid-email");
    // When
    push.store.putUser(refused, "accepted", true);
    boolean replaced = push.settle(Duration.ofMinutes(2));
    // Then
    assertThat(replaced).isTrue();
    assertThat(push.isPushed(refused)).isTrue();
  }

  @Test
  void whatFailsForeverIsSetAsideAfterEightAttempts() {
    // Given
    UUID failing = push.users(1).getFirst();
    push.network((call, keycloak) ->
        call.method() == HttpMethod.POST && !call.isToken()
            ? VirtualPush.error(500, "{\"error\":\"unknown_error\"}")
            : answer(keycloak));
    push.start();
    // When
    push.pass(Duration.ofMinutes(50));
    // Then
    assertThat(push.callsSince(0).stream().filter(call -> call.method() == HttpMethod.POST))
        .hasSize(8);
    assertThat(push.reason(failing).orElseThrow()).contains("(set aside after 8 attempts)");
    // When
    push.network(VirtualPush::answered);
    boolean settled = push.settle(Duration.ofHours(2));
    // Then
    assertThat(settled).isTrue();
    assertThat(push.isPushed(failing)).isTrue();
  }

  @Test
  void nothingIsCreatedAnewWhereTheRealmIsGone() {
    // Given
    List<UUID> users = push.users(USERS);
    push.start();
    push.settle(SOON);
    long goneMs = push.time.millis();
    push.network((call, keycloak) -> VirtualPush.error(404, "{\"error\":\"Realm not found.\"}"));
    users.forEach(user -> push.store.putUser(user, "renamed" + user, true));
    // When
    push.pass(Duration.ofHours(1));
    // Then
    assertThat(push.callsSince(goneMs)).noneMatch(call -> call.method() == HttpMethod.POST);
    assertThat(push.calls.stream().filter(call -> call.atMs() >= goneMs)).hasSizeLessThan(90);
    assertThat(users).allMatch(push::isPushed);
  }

  @Test
  void aLargeGroupGoesOnWhereAKilledEngineWas() {
    // Given
    int members = 1_000;
    UUID group = push.group("Everybody");
    push.users(members).forEach(user -> push.store.setMember(new Membership(user, group), true));
    push.start();
    push.time.run(LONG, () -> push.callsSince(0).size() > members * 5 / 4);
    Set<UUID> before = members(push, group);
    // When
    push.start();
    boolean settled = push.settle(LONG);
    // Then
    assertThat(before).as("members when the engine was killed").isNotEmpty();
    assertThat(settled).isTrue();
    assertThat(members(push, group)).hasSize(members);
    assertThat(push.callsSince(0))
        .as("one call per user and membership; what was claimed when it was killed again")
        .hasSizeLessThan(2 * members + 2 * 256 + 100);
  }

  private static Optional<KeycloakTransport.Exchange> answer(
      java.util.function.Supplier<KeycloakTransport.Exchange> keycloak) {
    return Optional.of(keycloak.get());
  }

  private static List<String> names(VirtualPush world) {
    return world.keycloak.users().values().stream()
        .map(account -> account.path("username").asText().replace("@example.com", ""))
        .toList();
  }

  private static Set<UUID> members(VirtualPush world, UUID group) {
    Optional<String> id = world.store.link(DueKind.GROUP, group);
    return id.isEmpty()
        ? new HashSet<>()
        : world.keycloak.users().keySet().stream()
            .filter(account -> world.keycloak.groupsOf(account).contains(id.get()))
            .flatMap(account -> world.store.ownerOf(DueKind.USER, account).stream())
            .collect(Collectors.toSet());
  }
}
