package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens to Keycloak, the network, the database and the engine: when it is over, Keycloak
 * has what SCIM wants. One seed can be run alone: {@code -Dsimulation.seed=4711}.
 */
final class PushConvergenceTest {
  private static final int SEEDS = 3_000;

  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger("com.phonemos.scim.engine.keycloak");

  /** Faults are the rule here; their warnings would hide everything else. */
  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.ERROR);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @Test
  void keycloakEndsUpAsWantedWhateverHappens() {
    long only = Long.getLong("simulation.seed", -1);
    for (long seed = Math.max(0, only); seed < (only < 0 ? SEEDS : only + 1); seed++) {
      assertThat(new PushSimulation(seed).run()).as("differences with seed %d", seed).isEmpty();
    }
  }
}
