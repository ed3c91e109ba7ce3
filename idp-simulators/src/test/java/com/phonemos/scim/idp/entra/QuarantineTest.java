package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented thresholds [D E4], on both sides of each, and the examples given with them. */
final class QuarantineTest {
  private final Quarantine quarantine =
      new Quarantine(InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z")));

  private void cycle(int successes, int failures, int referenceFailures) {
    quarantine.beginCycle();
    for (int i = 0; i < successes; i++) {
      quarantine.succeeded();
    }
    for (int i = 0; i < failures; i++) {
      quarantine.failed();
    }
    for (int i = 0; i < referenceFailures; i++) {
      quarantine.referenceFailed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4999, 0, false",
    "0, 5000, 0, true",
    "7500, 5000, 0, false",
    "7499, 5000, 0, true",
    "100000, 40000, 0, false",
    "100000, 40001, 0, true",
    "100000, 40000, 20000, false",
    "100000, 40000, 20001, true",
    "0, 0, 60000, false",
    "0, 0, 60001, true",
    "5000, 30000, 0, true",
    "100000, 20000, 0, false",
  })
  void manyFailuresPutAJobIntoQuarantine(
      int successes, int failures, int referenceFailures, boolean expected) {
    // When
    cycle(successes, failures, referenceFailures);
    // Then
    assertThat(quarantine.tripped()).isEqualTo(expected);
  }

  @Test
  void aCycleStartsCountingAnew() {
    // When
    cycle(0, 4_000, 40_000);
    cycle(0, 4_000, 40_000);
    // Then
    assertThat(quarantine.tripped()).isFalse();
  }
}
