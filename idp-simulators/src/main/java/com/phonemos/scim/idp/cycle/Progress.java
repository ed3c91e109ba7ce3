package com.phonemos.scim.idp.cycle;

/** Hears how far a cycle is, from several threads at once. */
@FunctionalInterface
public interface Progress {
  /**
   * Called after each finished object.
   *
   * @param label the phase, for people
   * @param done objects finished in this phase
   * @param total objects in this phase
   */
  void advanced(String label, long done, long total);

  /** Hears nothing. */
  static Progress none() {
    return (label, done, total) -> {};
  }
}
