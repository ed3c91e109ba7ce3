package com.phonemos.scim.engine.ops;

/** Where the process is in its life. */
public enum Phase {
  STARTING,
  SERVING,
  /** Finishes what it accepted; load balancers send no more. */
  DRAINING
}
