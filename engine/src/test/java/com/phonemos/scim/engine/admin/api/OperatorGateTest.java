package com.phonemos.scim.engine.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.admin.api.OperatorGate.Verdict;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorGateTest {
  private static final Optional<String> RIGHT = Optional.of("Bearer s3cret");
  private static final Optional<String> WRONG = Optional.of("Bearer other");

  private final AtomicLong now = new AtomicLong();
  private final OperatorGate gate = new OperatorGate(Optional.of("s3cret"), now::get);

  @Test
  void theTokenOpensIt() {
    assertThat(gate.judge(RIGHT, "192.0.2.1")).isEqualTo(Verdict.PASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cret", "Basic s3cret", "Bearer", "Bearer s3cre", "Bearer s3cret2"})
  void anythingElseDoesNot(String header) {
    assertThat(gate.judge(Optional.of(header), "192.0.2.1")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void withoutATokenItIsClosedToEverybody() {
    // Given
    OperatorGate closed = new OperatorGate(Optional.empty(), now::get);
    // Then
    assertThat(closed.judge(Optional.of("Bearer "), "192.0.2.1")).isEqualTo(Verdict.CLOSED);
  }

  @Test
  void whoGuessesIsNotComparedForTheRestOfTheMinute() {
    // Given
    for (int guess = 0; guess < OperatorGate.WRONG_PER_MINUTE; guess++) {
      assertThat(gate.judge(WRONG, "192.0.2.1")).isEqualTo(Verdict.WRONG);
    }
    // Then
    assertThat(gate.judge(RIGHT, "192.0.2.1")).isEqualTo(Verdict.TOO_MANY);
    assertThat(gate.judge(RIGHT, "192.0.2.2")).isEqualTo(Verdict.PASS);
    // When
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    // Then
    assertThat(gate.judge(RIGHT, "192.0.2.1")).isEqualTo(Verdict.PASS);
  }
}
