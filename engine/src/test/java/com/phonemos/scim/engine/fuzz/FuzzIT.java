package com.phonemos.scim.engine.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Coverage-guided fuzzing. What it finds is printed with its input, in Base64; it becomes a row of
 * the bad-input corpus before it is mended.
 */
class FuzzIT {
  private static final int TO_START_AND_STOP = 180;

  @ParameterizedTest
  @EnumSource(Fuzzer.class)
  void nothingThatComesIsMoreThanRefused(Fuzzer fuzzer) throws IOException, InterruptedException {
    // Given
    Process process = fuzzer.start();
    // When
    boolean ended = process.waitFor(Fuzzer.seconds() + TO_START_AND_STOP, TimeUnit.SECONDS);
    // Then
    assertThat(ended).as("ended in time, with %s", fuzzer.report()).isTrue();
    assertThat(process.exitValue()).as("found: %s", fuzzer.report()).isZero();
    assertThat(fuzzer.report()).contains("stat::number_of_executed_units");
  }
}
