package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.Progress;
import java.time.Duration;

/**
 * How one Entra provisioning job is set up.
 *
 * @param shape the shape of its requests
 * @param mapping which attributes are provisioned
 * @param groups whether groups are provisioned
 * @param parallel objects worked on at the same time; not published, so [I]
 * @param memberConcurrency requests for one group at the same time: Entra sends them concurrently
 *     [R C13, C14]; the number is [I]
 * @param throttling what a 429 leads to; the sources contradict each other
 * @param deletionThreshold people who may lose access in one cycle before it stops and waits for an
 *     administrator [D E3]
 * @param timeout how long to wait for an answer [M]
 * @param progress told how far a cycle is
 */
public record EntraOptions(
    EntraShape shape,
    Mapping mapping,
    boolean groups,
    int parallel,
    int memberConcurrency,
    Throttling throttling,
    int deletionThreshold,
    Duration timeout,
    Progress progress) {
  /** Which attributes are provisioned. */
  public enum Mapping {
    /** User name, active, names, work e-mail and language: the Phonemos guide. */
    REDUCED,
    /** Reduced, and external id, title, employee number, department and manager [D E1]. */
    FULL
  }

  /** What a 429 leads to. */
  public enum Throttling {
    /** The job pauses as {@code Retry-After} says and repeats what failed [R Q5]. */
    HONOUR_RETRY_AFTER,
    /** A failure as any other [R Q4]. */
    ESCROW
  }

  /** A custom application as it is created today, with the mapping of the Phonemos guide. */
  public static EntraOptions defaults() {
    return new EntraOptions(
        EntraShape.defaults(),
        Mapping.REDUCED,
        true,
        8,
        4,
        Throttling.HONOUR_RETRY_AFTER,
        Integer.MAX_VALUE,
        Duration.ofSeconds(100),
        Progress.none());
  }

  /** The same in another dialect. */
  public EntraOptions withDialect(EntraShape.Dialect dialect) {
    return withShape(shape.withDialect(dialect));
  }

  /** The same with another {@link #shape}. */
  public EntraOptions withShape(EntraShape value) {
    return new EntraOptions(
        value,
        mapping,
        groups,
        parallel,
        memberConcurrency,
        throttling,
        deletionThreshold,
        timeout,
        progress);
  }

  /** The same with another {@link #mapping}. */
  public EntraOptions withMapping(Mapping value) {
    return new EntraOptions(
        shape,
        value,
        groups,
        parallel,
        memberConcurrency,
        throttling,
        deletionThreshold,
        timeout,
        progress);
  }

  /** The same with another {@link #groups}. */
  public EntraOptions withGroups(boolean value) {
    return new EntraOptions(
        shape,
        mapping,
        value,
        parallel,
        memberConcurrency,
        throttling,
        deletionThreshold,
        timeout,
        progress);
  }

  /** The same with another {@link #parallel}. */
  public EntraOptions withParallel(int value) {
    return new EntraOptions(
        shape,
        mapping,
        groups,
        value,
        memberConcurrency,
        throttling,
        deletionThreshold,
        timeout,
        progress);
  }

  /** The same with another {@link #memberConcurrency}. */
  public EntraOptions withMemberConcurrency(int value) {
    return new EntraOptions(
        shape, mapping, groups, parallel, value, throttling, deletionThreshold, timeout, progress);
  }

  /** The same with another {@link #throttling}. */
  public EntraOptions withThrottling(Throttling value) {
    return new EntraOptions(
        shape,
        mapping,
        groups,
        parallel,
        memberConcurrency,
        value,
        deletionThreshold,
        timeout,
        progress);
  }

  /** The same with another {@link #deletionThreshold}. */
  public EntraOptions withDeletionThreshold(int value) {
    return new EntraOptions(
        shape, mapping, groups, parallel, memberConcurrency, throttling, value, timeout, progress);
  }

  /** The same with another {@link #timeout}. */
  public EntraOptions withTimeout(Duration value) {
    return new EntraOptions(
        shape,
        mapping,
        groups,
        parallel,
        memberConcurrency,
        throttling,
        deletionThreshold,
        value,
        progress);
  }

  /** The same with another {@link #progress}. */
  public EntraOptions withProgress(Progress value) {
    return new EntraOptions(
        shape,
        mapping,
        groups,
        parallel,
        memberConcurrency,
        throttling,
        deletionThreshold,
        timeout,
        value);
  }
}
