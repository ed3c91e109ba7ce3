package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.cycle.Progress;
import java.time.Duration;

/**
 * How an identity provider of this package is run. None of its vendors publishes these [I].
 *
 * @param parallel objects worked on at the same time
 * @param timeout how long to wait for an answer
 * @param progress told how far a run is
 */
public record DirectOptions(int parallel, Duration timeout, Progress progress) {
  /** Four objects at a time, 60 s. */
  public static DirectOptions defaults() {
    return new DirectOptions(4, Duration.ofSeconds(60), Progress.none());
  }
}
