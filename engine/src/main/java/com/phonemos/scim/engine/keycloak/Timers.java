package com.phonemos.scim.engine.keycloak;

/** Runs something later. Given as a port, so that a test's time need not pass. */
@FunctionalInterface
interface Timers {
  /** Runs {@code task} once, after {@code delayMs} milliseconds; at least one. */
  void after(long delayMs, Runnable task);
}
