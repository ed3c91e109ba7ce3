package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented thresholds [D E4], each from both sides. */
final class QuarantineTest {
  private final Quarantine quarantine =
      new Quarantine(InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z")));

  private void cycle(int successes, int failures) {
    quarantine.beginCycle();
    for (int i = 0; i < successes; i++) {
      quarantine.succeeded();
    }
    for (int i = 0; i < failures; i++) {
      quarantine.failed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4999, false",
    "0, 5000, true",
    "7501, 5000, false",
    "7499, 5000, true",
    "100000, 40000, false",
    "100000, 40001, true",
  })
  void manyFailuresPutAJobIntoQuarantine(int successes, int failures, boolean expected) {
    // When
    cycle(successes, failures);
    // Then
    assertThat(quarantine.tripped()).isEqualTo(expected);
  }

  @Test
  void aCycleStartsCountingAnew() {
    // When
    cycle(0, 4_000);
    cycle(0, 4_000);
    // Then
    assertThat(quarantine.tripped()).isFalse();
  }
}
