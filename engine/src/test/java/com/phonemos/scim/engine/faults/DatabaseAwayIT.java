package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.PostgresProxy;
import com.phonemos.scim.engine.fixture.PostgresProxy.Cut;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.history.History;
import com.phonemos.scim.engine.fixture.history.HistoryCheck;
import com.phonemos.scim.engine.fixture.history.Load;
import com.phonemos.scim.engine.fixture.history.Operation;
import com.phonemos.scim.engine.fixture.history.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL goes away, at the worst moments, and comes back. */
final class DatabaseAwayIT {
  private static final int CUTS = 20;
  private static final int CLIENTS = 8;

  @TempDir Path folder;

  private FaultWorld world;
  private PostgresProxy proxy;
  private EngineProcess engine;
  private ScimTenant tenant;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
    proxy = PostgresProxy.before(world.database());
    engine = world.engineAt(proxy.uri());
  }

  @AfterEach
  void close() {
    world.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatIsCutInACommitCostsNoAnswer(Cut cut) {
    // Given
    serve();
    History history = new History("cuts " + cut);
    for (int i = 0; i < CUTS; i++) {
      CompletableFuture<Void> done = proxy.cutNextCommit(cut);
      // When
      Outcome outcome =
          history.perform(
              new Operation.CreateUser("user" + i + "@example.com", cut + "-" + i), tenant);
      // Then
      assertThat(done).isDone();
      assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    }
    HistoryCheck.check(history, world.rows(), tenant.id());
  }

  @Test
  void cutsUnderLoadLoseNothingAndDoNothingTwice() {
    // Given
    serve();
    long seed = System.nanoTime();
    History history;
    try (Load load = Load.start(List.of(tenant), CLIENTS, seed)) {
      // When
      for (int i = 0; i < CUTS; i++) {
        load.awaitAcknowledged(10);
        for (Cut cut : Cut.values()) {
          proxy.cutNextCommit(cut).orTimeout(30, TimeUnit.SECONDS).join();
        }
      }
      history = load.stop();
    }
    // Then
    HistoryCheck.check(history, world.rows(), tenant.id());
  }

  @Test
  void anOutageIsAnswered503AndEndsByItself(TestReporter reporter) {
    // Given
    serve();
    long seed = System.nanoTime();
    History history;
    try (Load load = Load.start(List.of(tenant), CLIENTS, seed)) {
      load.awaitAcknowledged(100);
      // When
      proxy.refuse();
      // Then
      ScimAnswer refused = tenant.user("nobody@example.com").create().expect(503);
      assertThat(refused.header("Retry-After")).isNotBlank();
      tenant.get("/Users").expect(503);
      assertThat(engine.readiness()).isEqualTo(503);
      // When
      proxy.accept();
      long back = System.nanoTime();
      load.awaitAcknowledged(1);
      reporter.publishEntry("served again after ms", "" + (System.nanoTime() - back) / 1_000_000);
      load.awaitAcknowledged(100);
      history = load.stop();
    }
    // Then
    await().untilAsserted(() -> assertThat(engine.ready()).isTrue());
    HistoryCheck.check(history, world.rows(), tenant.id());
  }

  @Test
  void aDatabaseThatSaysNothingIsGivenUpAndForgiven() {
    // Given
    serveImpatiently();
    tenant.user("alice@example.com").create().expect(201);
    // When
    proxy.silent(true);
    CompletableFuture<ScimAnswer> written = tenant.user("bob@example.com").create().sendAsync();
    CompletableFuture<ScimAnswer> read = tenant.get("/Users").sendAsync();
    // Then
    assertThat(written.join().status()).isEqualTo(503);
    assertThat(read.join().status()).isEqualTo(503);
    // When
    proxy.silent(false);
    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> tenant.user("carol@example.com").create().expect(201));
    assertThat(tenant.get("/Users").expect(200).each("/Resources", "userName"))
        .contains("alice@example.com", "carol@example.com");
  }

  @Test
  void whatIsRefusedForItsDeadlineIsNeverDone() {
    // Given
    serveImpatiently();
    UUID alice = tenant.user("alice@example.com").create().expect(201).id();
    List<ScimAnswer> answers;
    try (var lock =
        world.rows().lock("SELECT FROM tenant WHERE id = ? FOR UPDATE", tenant.id().value())) {
      // When
      answers =
          IntStream.range(0, 40)
              .mapToObj(
                  i -> tenant.patchUser(alice).replace("title", "t" + i).request().sendAsync())
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
    }
    // Then
    assertThat(answers).extracting(ScimAnswer::status).containsOnly(503);
    ScimAnswer last = tenant.patchUser(alice).replace("title", "last").expect(200);
    assertThat(last.revision()).isEqualTo(2);
    assertThat(
            world
                .rows()
                .number("SELECT count(*) FROM journal WHERE tenant_id = ?", tenant.id().value()))
        .isEqualTo(2);
  }

  private void serve() {
    engine.start().awaitReady();
    tenant = world.tenant(engine, "acme", Optional.empty());
  }

  /** Giving up within seconds what others wait half a minute for. */
  private void serveImpatiently() {
    engine.with("DATABASE_TIMEOUT_SECONDS", "2").with("DEADLINE_SECONDS", "1");
    serve();
  }
}
