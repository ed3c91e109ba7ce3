package com.phonemos.scim.idp.entra;

/**
 * How a job behaves, where an administrator decides it or sources contradict each other.
 *
 * @param memberConcurrency requests for one group at the same time: Entra sends them concurrently
 *     [R C13, C14]; the number is [I]
 * @param throttling what a 429 leads to
 * @param deletionThreshold people who may lose access in one cycle before it stops and waits for an
 *     administrator [D E3]
 * @param skipOutOfScopeDeletions whether nothing is sent about people who lose access [D E3]
 * @param keepAlive when the probe of a connection test is repeated while the job runs
 * @param flagOnTheWire whether the query of the Tenant URL reaches the endpoint; not known [I]
 */
public record EntraRules(
    int memberConcurrency,
    Throttled throttling,
    int deletionThreshold,
    boolean skipOutOfScopeDeletions,
    KeepAlive keepAlive,
    boolean flagOnTheWire) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if no request could be sent, or the threshold is negative
   */
  public EntraRules {
    if (memberConcurrency < 1) {
      throw new IllegalArgumentException(
          "Expected at least one request for a group at a time, but got " + memberConcurrency);
    }
    if (deletionThreshold < 0) {
      throw new IllegalArgumentException(
          "Expected a deletion threshold of 0 or more, but got " + deletionThreshold);
    }
  }

  /** What a 429 leads to. */
  public enum Throttled {
    /** The job pauses as {@code Retry-After} says and repeats what failed [R Q5]. */
    HONOUR_RETRY_AFTER,
    /** A failure as any other [R Q4]. */
    ESCROW
  }

  /** When the probe is repeated [R S2, Q3]; how often is not known. */
  public enum KeepAlive {
    /** In a cycle that has nothing else to send [I]. */
    WHEN_IDLE,
    /** At the beginning of every incremental cycle [I]. */
    EVERY_CYCLE,
    /** Never. */
    NEVER
  }

  /** What a new job has. */
  public static EntraRules defaults() {
    return new EntraRules(
        4, Throttled.HONOUR_RETRY_AFTER, Integer.MAX_VALUE, false, KeepAlive.WHEN_IDLE, false);
  }

  /** The same with another {@link #memberConcurrency}. */
  public EntraRules withMemberConcurrency(int value) {
    return new EntraRules(
        value, throttling, deletionThreshold, skipOutOfScopeDeletions, keepAlive, flagOnTheWire);
  }

  /** The same with another {@link #throttling}. */
  public EntraRules with(Throttled value) {
    return new EntraRules(
        memberConcurrency,
        value,
        deletionThreshold,
        skipOutOfScopeDeletions,
        keepAlive,
        flagOnTheWire);
  }

  /** The same with another {@link #deletionThreshold}. */
  public EntraRules withDeletionThreshold(int value) {
    return new EntraRules(
        memberConcurrency, throttling, value, skipOutOfScopeDeletions, keepAlive, flagOnTheWire);
  }

  /** The same with {@link #skipOutOfScopeDeletions} set. */
  public EntraRules skippingOutOfScopeDeletions() {
    return new EntraRules(
        memberConcurrency, throttling, deletionThreshold, true, keepAlive, flagOnTheWire);
  }

  /** The same with another {@link #keepAlive}. */
  public EntraRules with(KeepAlive value) {
    return new EntraRules(
        memberConcurrency,
        throttling,
        deletionThreshold,
        skipOutOfScopeDeletions,
        value,
        flagOnTheWire);
  }

  /** The same with {@link #flagOnTheWire} set. */
  public EntraRules withFlagOnTheWire() {
    return new EntraRules(
        memberConcurrency, throttling, deletionThreshold, skipOutOfScopeDeletions, keepAlive, true);
  }
}
