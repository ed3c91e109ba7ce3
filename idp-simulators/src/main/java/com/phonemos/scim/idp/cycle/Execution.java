package com.phonemos.scim.idp.cycle;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a provider's work is carried out. No vendor publishes how many requests it has under way [I].
 *
 * @param parallel objects worked on at the same time
 * @param interleaving the seed that decides in which order concurrent requests are sent; without
 *     one the first that is ready goes first, as load needs it
 * @param timeout how long to wait for an answer before the socket is closed
 * @param progress told how far a run is
 */
public record Execution(
    int parallel, OptionalLong interleaving, Duration timeout, Progress progress) {
  /** Objects at the same time unless said otherwise. */
  public static final int PARALLEL = 8;

  /** Interleaved by the seed 1, nobody told. */
  public static Execution defaults(int parallel, Duration timeout) {
    return new Execution(parallel, OptionalLong.of(1), timeout, Progress.none());
  }

  /** The same with another {@link #parallel}. */
  public Execution withParallel(int value) {
    return new Execution(value, interleaving, timeout, progress);
  }

  /** The same, requests interleaved as this seed decides. */
  public Execution interleavedBy(long seed) {
    return new Execution(parallel, OptionalLong.of(seed), timeout, progress);
  }

  /** The same, requests sent as soon as they are ready. */
  public Execution unordered() {
    return new Execution(parallel, OptionalLong.empty(), timeout, progress);
  }

  /** The same with another {@link #timeout}. */
  public Execution withTimeout(Duration value) {
    return new Execution(parallel, interleaving, value, progress);
  }

  /** The same with another {@link #progress}. */
  public Execution withProgress(Progress value) {
    return new Execution(parallel, interleaving, timeout, value);
  }
}
