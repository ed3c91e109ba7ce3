package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.What;
import com.phonemos.scim.engine.store.DriftScans.Position;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks.Link;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a scan costs and when it stops, on a realm in memory. */
final class DriftScanTest {
  private static final KeycloakTarget TARGET =
      new KeycloakTarget("http://keycloak", "acme", "scim", "secret");

  private final VirtualTime time = new VirtualTime(new Random(1));
  private final KeycloakModel keycloak = new KeycloakModel();
  private final MemoryPushStore store =
      new MemoryPushStore(time, new PushSettings(TARGET, TenantPolicy.DEFAULT));
  private final MemoryDriftStore drift = new MemoryDriftStore(store);
  private final List<Finding> found = new ArrayList<>();
  private int calls;

  @Test
  void whenNothingDriftedTenThousandUsersInAHundredGroupsCostLessThan150Calls() {
    // Given
    List<UUID> groups = groups(100);
    List<UUID> users = users(10_000);
    for (int i = 0; i < users.size(); i++) {
      for (int step = 0; step < 3; step++) {
        join(users.get(i), groups.get((i + 7 * step) % groups.size()));
      }
    }
    // When
    Future<Void> scanned = scan(false);
    // Then
    assertThat(scanned.succeeded()).isTrue();
    assertThat(found).isEmpty();
    assertThat(calls).isLessThan(150);
  }

  @Test
  void whatAListingLeavesOutIsNotTakenForDeleted() {
    // Given
    users(3);
    List<ObjectNode> skipped = List.copyOf(keycloak.users().values());
    // When
    Future<Void> scanned = scan(false, skipped.getFirst());
    // Then
    assertThat(scanned.succeeded()).isTrue();
    assertThat(found).isEmpty();
    assertThat(calls).as("a token, two listings, and the account itself").isEqualTo(4);
  }

  @Test
  void whenMoreIsGoneThanAnybodyDeletesByHandNothingIsPutBackUnlessAsked() {
    // Given
    users(30);
    List<String> accounts = List.copyOf(keycloak.users().keySet());
    accounts.subList(0, 25).forEach(id -> call(HttpMethod.DELETE, "/users/" + id, body()));
    // When
    Future<Void> stopped = scan(false);
    // Then
    assertThat(stopped.cause())
        .isInstanceOf(DriftScan.TooManyGoneException.class)
        .hasMessageContaining("25 of 30 accounts are gone");
    assertThat(found).isEmpty();
    // When
    Future<Void> accepted = scan(true);
    // Then
    assertThat(accepted.succeeded()).isTrue();
    assertThat(found).hasSize(25).allMatch(finding -> finding.what() == What.DELETED);
  }

  private Future<Void> scan(boolean acceptsGone, ObjectNode... skipped) {
    KeycloakCalls way =
        new KeycloakCalls(
            (method, address, headers, body) -> {
              calls++;
              return Future.succeededFuture(
                  without(skipped, address, keycloak.answer(method, address, body)));
            },
            TARGET,
            new KeycloakGate(breaker(), new AdaptiveLimit(time::nanos, 1)),
            breaker(),
            time::nanos,
            PushRecorder.NONE);
    Future<Void> scanned =
        new DriftScan(
                MemoryPushStore.TENANT,
                Instant.EPOCH,
                new KeycloakClient(way),
                new AdminEventLog(way),
                drift,
                new Told(),
                acceptsGone)
            .run(Position.START);
    time.run(Duration.ofHours(1), scanned::isComplete);
    return scanned;
  }

  /** As a page of Keycloak that others write to. */
  private static KeycloakTransport.Exchange without(
      ObjectNode[] skipped, String address, KeycloakTransport.Exchange answer) {
    if (skipped.length == 0 || !address.contains("/users?")) {
      return answer;
    }
    String page = answer.body().toString();
    for (ObjectNode one : skipped) {
      page = page.replace(one + ",", "");
    }
    return new KeycloakTransport.Exchange(200, "", Optional.empty(), Buffer.buffer(page));
  }

  private CircuitBreaker breaker() {
    return new CircuitBreaker(time::nanos, Duration.ofSeconds(10));
  }

  private final class Told implements DriftScan.Sink {
    @Override
    public Future<Void> found(Finding finding) {
      found.add(finding);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> reached(Position position) {
      return Future.succeededFuture();
    }

    @Override
    public void read(int count) {}
  }

  private List<UUID> users(int count) {
    List<UUID> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(1, i);
      ObjectNode user = body().put("userName", "person" + i).put("active", true);
      store.users().put(id, Attributes.of(user));
      KeycloakUser account = KeycloakMapping.user(id, Attributes.of(user));
      String keycloakId = new UUID(3, i).toString();
      keycloak.users().put(keycloakId, account.representation().put("id", keycloakId));
      link(DueKind.USER, id, keycloakId);
      users.add(id);
    }
    return users;
  }

  private List<UUID> groups(int count) {
    List<UUID> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(2, i);
      Attributes group = Attributes.of(body().put("displayName", "Group " + i));
      store.groups().put(id, group);
      ObjectNode representation = KeycloakMapping.group(id, group).representation();
      String location = call(HttpMethod.POST, "/groups", representation).location();
      link(DueKind.GROUP, id, location.substring(location.lastIndexOf('/') + 1));
      groups.add(id);
    }
    return groups;
  }

  private void join(UUID user, UUID group) {
    store.memberships().add(new Membership(user, group));
    call(
        HttpMethod.PUT,
        "/users/"
            + store.link(DueKind.USER, user).orElseThrow()
            + "/groups/"
            + store.link(DueKind.GROUP, group).orElseThrow(),
        body());
  }

  private void link(DueKind kind, UUID id, String keycloakId) {
    Future<Void> stored =
        store.storeLinks(List.of(new Link(MemoryPushStore.TENANT, kind, id, keycloakId)));
    time.run(Duration.ofSeconds(1), stored::isComplete);
  }

  private KeycloakTransport.Exchange call(HttpMethod method, String path, ObjectNode body) {
    return keycloak.answer(
        method,
        "http://keycloak/admin/realms/acme" + path,
        Optional.of(Buffer.buffer(body.toString())));
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode();
  }
}
