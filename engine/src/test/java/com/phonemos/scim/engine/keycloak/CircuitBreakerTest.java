package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final CircuitBreaker circuit = new CircuitBreaker(now::get, Duration.ofSeconds(3));

  @Test
  void itOpensAfterThreeFailuresInARow() {
    // When
    fail(2);
    circuit.succeeded();
    fail(2);
    // Then
    assertThat(circuit.permits(8)).isEqualTo(8);
    // When
    fail(1);
    // Then
    assertThat(circuit.permits(8)).isZero();
    assertThat(circuit.remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFailedProbeLengthensThePauseUpToALimit() {
    // Given
    fail(3);
    for (int seconds : new int[] {1, 2, 3, 3}) {
      // Then
      assertThat(circuit.remaining()).isEqualTo(Duration.ofSeconds(seconds));
      // When
      pass(Duration.ofSeconds(seconds));
      assertThat(circuit.permits(8)).isEqualTo(1);
      fail(1);
    }
  }

  @Test
  void lateFailuresOfCallsInFlightDoNotLengthenThePause() {
    // Given
    fail(3);
    // When
    fail(5);
    // Then
    assertThat(circuit.remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aSuccessfulProbeClosesIt() {
    // Given
    fail(3);
    pass(Duration.ofSeconds(1));
    // When
    circuit.succeeded();
    // Then
    assertThat(circuit.permits(8)).isEqualTo(8);
  }

  @Test
  void aDemandedPauseIsKeptToTheEnd() {
    // When
    circuit.failed(Optional.of(Duration.ofSeconds(30)));
    fail(4);
    pass(Duration.ofMillis(29_999));
    // Then
    assertThat(circuit.permits(8)).isZero();
    // When
    pass(Duration.ofMillis(1));
    // Then
    assertThat(circuit.permits(8)).isEqualTo(1);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed(Optional.empty());
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
