package com.phonemos.scim.engine.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.faults.FaultWorld;
import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.PostgresProxy;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres.Durability;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Every simulated identity provider, side by side as tenants of one engine, into Keycloak. The
 * companies live on from one test to the next.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class IdentityProviderIT {
  /** What a provider sends per second at most while faults happen. */
  private static final int PACE = 30;

  /** So much of it is let through for a while. */
  private static final String TENANT_RATE = "5";

  /** Exchanges that a fault must meet. */
  private static final int ENOUGH = 50;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final List<Employer> employers = new ArrayList<>();
  private final Map<Outcome, AtomicInteger> outcomes = new EnumMap<>(Outcome.class);
  private FaultWorld world;
  private Path postgresFolder;
  private EmbeddedPostgres postgres;
  private PostgresProxy proxy;
  private EngineProcess engine;

  /** How an exchange ended. */
  private enum Outcome {
    DONE,
    THROTTLED,
    UNAVAILABLE,
    LOST;

    static Outcome of(int status) {
      return switch (status) {
        case 0 -> LOST;
        case 429 -> THROTTLED;
        case 503 -> UNAVAILABLE;
        default -> DONE;
      };
    }
  }

  @BeforeAll
  void setUpEveryProvider(@TempDir Path folder) throws Exception {
    Arrays.stream(Outcome.values()).forEach(kind -> outcomes.put(kind, new AtomicInteger()));
    postgresFolder = folder.resolve("postgres");
    postgres = EmbeddedPostgres.start(postgresFolder, Durability.FORGETFUL);
    proxy = PostgresProxy.before(postgres.uri());
    Database.migrate(proxy.uri());
    world = FaultWorld.at(proxy.uri(), folder);
    engine = world.engine();
    engine.start().awaitReady();
    for (Simulator simulator : Simulator.values()) {
      Employer employer = Employer.with(simulator, world, engine);
      employers.add(employer);
      employer
          .provider()
          .client()
          .listen(done -> outcomes.get(Outcome.of(done.answer().status())).incrementAndGet());
    }
    everybody(employer -> employer.story().setUp());
  }

  @AfterAll
  void close() {
    employers.forEach(Employer::close);
    world.close();
    proxy.close();
    postgres.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CHAOS")
  void allThreeSidesAgreeAndNoProviderSeesAnError(Scenario scenario) throws Exception {
    // When
    everybody(employer -> employer.story().happen(scenario));
    // Then
    everybody(employer -> {
      assertThat(employer.problems()).isEmpty();
      employer.agrees(world);
    });
  }

  @Test
  void theSameAfterFaultsWithoutAQuarantine() throws Exception {
    // Given
    AtomicBoolean over = new AtomicBoolean();
    pace(PACE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work =
          employers.stream()
              .<Future<?>>map(employer -> threads.submit(() -> liveUntil(over, employer)))
              .toList();
      // When
      try {
        faults();
      } finally {
        over.set(true);
        pace(Double.POSITIVE_INFINITY);
      }
      for (Future<?> done : work) {
        done.get();
      }
    }
    everybody(employer -> employer.story().heal());
    // Then
    assertThat(outcomes).allSatisfy((kind, count) -> assertThat(count).hasPositiveValue());
    everybody(employer -> {
      assertThat(employer.problems()).noneMatch(problem -> problem.contains("quarantine"));
      employer.agrees(world);
    });
  }

  /**
   * The engine is killed, it refuses some of what is sent, PostgreSQL is restarted, and the engine
   * is killed once more.
   */
  private void faults() {
    awaitMore(Outcome.DONE);
    engine.with("TENANT_RATE", TENANT_RATE);
    world.restartAfterLeases();
    awaitMore(Outcome.THROTTLED);
    proxy.refuse();
    postgres.close();
    awaitMore(Outcome.UNAVAILABLE);
    postgres = EmbeddedPostgres.start(postgresFolder, Durability.FORGETFUL);
    proxy.target(postgres.uri());
    proxy.accept();
    awaitMore(Outcome.DONE);
    engine.with("TENANT_RATE", "0");
    world.restartAfterLeases();
  }

  /** One scenario after the other, each at least once. */
  private static void liveUntil(AtomicBoolean over, Employer employer) {
    Scenario[] scenarios = Scenario.values();
    for (int told = 0; told < scenarios.length || !over.get(); told++) {
      employer.story().happen(scenarios[told % scenarios.length]);
    }
  }

  private void pace(double requestsPerSecond) {
    employers.forEach(employer -> employer.provider().client().pace(requestsPerSecond));
  }

  private void awaitMore(Outcome kind) {
    int before = outcomes.get(kind).get();
    await().atMost(LIMIT).until(() -> outcomes.get(kind).get() >= before + ENOUGH);
  }

  private interface Step {
    void run(Employer employer) throws Exception;
  }

  /** At the same time; returns when all are done. */
  private void everybody(Step step) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> steps = new ArrayList<>();
      for (Employer employer : employers) {
        steps.add(
            threads.submit(() -> {
              step.run(employer);
              return employer;
            }));
      }
      for (Future<?> done : steps) {
        done.get();
      }
    }
  }
}
