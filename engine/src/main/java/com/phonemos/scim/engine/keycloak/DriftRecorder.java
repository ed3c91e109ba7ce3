package com.phonemos.scim.engine.keycloak;

/** What looking for drift tells whoever measures it. */
public interface DriftRecorder {
  /** For those who do not measure. */
  DriftRecorder NONE = new DriftRecorder() {};

  /**
   * Something was changed in Keycloak by somebody else.
   *
   * @param what a word of {@link com.phonemos.scim.engine.store.DriftFindings.What}
   */
  default void found(String what) {}

  /**
   * A scan has ended.
   *
   * @param outcome {@code finished} or {@code interrupted}
   */
  default void scanned(String outcome, long nanos) {}

  /**
   * Admin events were asked for.
   *
   * @param outcome {@code read} or {@code failed}
   */
  default void polled(String outcome) {}
}
