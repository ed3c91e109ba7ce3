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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two engines on one database, the same tenant through both. */
final class TwoEnginesIT {
  private static final int CLIENTS = 12;
  private static final int KILLS = 4;

  @TempDir Path folder;

  private FaultWorld world;
  private EngineProcess first;
  private EngineProcess second;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
    first = world.engine().start();
    second = world.engine().start();
    first.awaitReady();
    second.awaitReady();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theySpeakWithOneVoiceWhileOneIsKilledAndComesBack() {
    // Given
    TestRealm realm = FaultWorld.realm();
    ScimTenant tenant = world.tenant(first, "acme", Optional.of(FaultWorld.target(realm)));
    long seed = System.nanoTime();
    // When
    History history;
    try (Load load =
        Load.start(List.of(tenant, tenant.at(FaultWorld.base(second))), CLIENTS, seed)) {
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitAcknowledged(200);
        second.kill();
        load.awaitAcknowledged(50);
        second.start().awaitReady();
      }
      load.awaitAcknowledged(200);
      history = load.stop();
    }
    // Then
    HistoryCheck.check(history, world.rows(), tenant.id());
    world.restartAfterLeases();
    world.awaitAgreement(tenant, realm);
  }

  @Test
  void whatOneHasAnsweredTheOtherShows() {
    // Given
    ScimTenant here = world.tenant(first, "acme", Optional.empty());
    ScimTenant there = here.at(FaultWorld.base(second));
    for (int i = 0; i < 50; i++) {
      // When
      UUID user = here.user("user" + i + "@example.com").create().expect(201).id();
      // Then
      there.readUser(user).expect(200);
      // When
      there.deleteUser(user).expect(204);
      // Then
      here.readUser(user).expect(404);
    }
  }
}
