package com.phonemos.scim.idp.wire;

/** Decides when a request that is ready goes out. */
@FunctionalInterface
public interface SendOrder {
  /**
   * Sends a request now or later, in whatever thread; the caller waits for its answer anyway.
   *
   * @param emission puts the request on its way; does not block
   */
  void ready(Runnable emission);

  /** Everything goes out at once. */
  static SendOrder immediate() {
    return Runnable::run;
  }
}
