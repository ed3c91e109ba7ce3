package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.history.Call;
import com.phonemos.scim.engine.fixture.history.History;
import com.phonemos.scim.engine.fixture.history.HistoryCheck;
import com.phonemos.scim.engine.fixture.history.Load;
import com.phonemos.scim.engine.fixture.history.Outcome;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of everything. */
final class StoppedEngineIT {
  private static final int CLIENTS = 12;

  @TempDir Path folder;

  private FaultWorld world;
  private EngineProcess engine;
  private ScimTenant tenant;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
    engine = world.engine().start().awaitReady();
    tenant = world.tenant(engine, "acme", Optional.empty());
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** The clients go when the load balancer sees that the engine is not ready any more. */
  @Test
  void everyRequestOfAStoppingEngineIsAnswered() throws Exception {
    // Given
    History history;
    try (Load load = Load.start(List.of(tenant), CLIENTS, System.nanoTime())) {
      load.awaitAcknowledged(300);
      // When
      engine.terminate();
      await()
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(() -> assertThat(engine.ready()).isFalse());
      history = load.stop();
    }
    // Then
    assertThat(engine.stop()).isZero();
    assertThat(history.calls())
        .extracting(Call::outcome)
        .filteredOn(Outcome.Unknown.class::isInstance)
        .allMatch(StoppedEngineIT::wasNotLetIn);
    HistoryCheck.check(history, world.rows(), tenant.id());
  }

  @Test
  void whatWasAcceptedIsFinished() {
    // Given
    UUID alice = tenant.user("alice@example.com").create().expect(201).id();
    CompletableFuture<ScimAnswer> patched;
    try (var lock =
        world.rows().lock("SELECT FROM tenant WHERE id = ? FOR UPDATE", tenant.id().value())) {
      patched = tenant.patchUser(alice).replace("title", "waits").request().sendAsync();
      await().untilAsserted(() -> assertThat(lock.waiting()).isPositive());
      // When
      engine.terminate();
      await().untilAsserted(() -> assertThat(engine.ready()).isFalse());
    }
    // Then
    assertThat(patched.join().status()).isEqualTo(200);
    assertThat(engine.stop()).isZero();
  }

  /** Such a client goes elsewhere with its request. */
  private static boolean wasNotLetIn(Outcome outcome) {
    return outcome instanceof Outcome.Unknown(String why, int status)
        && status == 0
        && why.startsWith(ConnectException.class.getName());
  }
}
