package com.phonemos.scim.engine.faults;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.fixture.history.History;
import com.phonemos.scim.engine.fixture.history.HistoryCheck;
import com.phonemos.scim.engine.fixture.history.Load;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of everything. */
final class KilledEngineIT {
  private static final int KILLS = 16;
  private static final int KILLS_ON_EMBEDDED = 4;
  private static final int CLIENTS = 12;

  @TempDir Path folder;

  @Test
  void everyAnsweredMutationIsThereOnceAndKeycloakConverges() {
    try (FaultWorld world = FaultWorld.on(folder)) {
      world.engine().start().awaitReady();
      killAgainAndAgain(world, KILLS);
    }
  }

  @Test
  void theSameOnTheEmbeddedDatabaseThatAKilledEngineLeavesBehind() {
    try (FaultWorld world = FaultWorld.onEmbedded(folder)) {
      killAgainAndAgain(world, KILLS_ON_EMBEDDED);
    }
  }

  private static void killAgainAndAgain(FaultWorld world, int kills) {
    // Given
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TestRealm realm = FaultWorld.realm();
    EngineProcess engine = world.firstEngine();
    ScimTenant tenant = world.tenant(engine, "acme", Optional.of(FaultWorld.target(realm)));
    // When
    History history;
    try (Load load = Load.start(List.of(tenant), CLIENTS, seed)) {
      for (int kill = 0; kill < kills; kill++) {
        load.awaitAcknowledged(50 + random.nextInt(150));
        engine.kill();
        engine.start().awaitReady();
      }
      load.awaitAcknowledged(100);
      history = load.stop();
    }
    // Then
    HistoryCheck.check(history, world.rows(), tenant.id());
    world.restartAfterLeases();
    world.awaitAgreement(tenant, realm);
  }
}
