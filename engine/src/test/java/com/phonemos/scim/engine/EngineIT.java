package com.phonemos.scim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.EngineProcess.Ended;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, as operators run it. */
class EngineIT {
  @TempDir Path folder;

  private EngineProcess engine;

  @BeforeEach
  void prepare() {
    engine = EngineProcess.in(folder).quickToStart();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void commandsWorkBesideARunningEngineAndAfterIt() {
    // Given
    engine.start().awaitReady();
    // When
    Ended tenant = engine.command("tenant", "create", "acme");
    Ended token = engine.command("token", "issue", "acme");
    int status = engine.stop();
    // Then
    assertThat(UUID.fromString(tenant.out())).isNotNull();
    assertThat(BearerToken.wellFormed(token.out())).isTrue();
    assertThat(status).isZero();
    assertThat(engine.run(Map.of(), "tenant", "list")).contains("acme", tenant.out());
  }

  @Test
  void aKilledEngineStartsAgainOnItsData() {
    // Given
    engine.start().awaitReady();
    engine.run(Map.of(), "tenant", "create", "acme");
    engine.kill();
    // When
    engine.start().awaitReady();
    // Then
    assertThat(engine.run(Map.of(), "tenant", "list")).contains("acme");
  }

  @Test
  void aMistakeInTheConfigurationEndsTheStart() throws Exception {
    // When
    int status = engine.with("OPS_PORT", "none").start().await();
    // Then
    assertThat(status).isEqualTo(78);
    assertThat(Files.readString(engine.log())).contains("PHONEMOS_SCIM_OPS_PORT");
  }
}
