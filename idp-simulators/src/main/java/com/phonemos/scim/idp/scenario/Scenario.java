package com.phonemos.scim.idp.scenario;

/** What happens in a run. */
public enum Scenario {
  /** Everyone and every group, once. */
  INITIAL,
  /** Initial, then a working day: people join, change, move, leave and come back. */
  DAY,
  /** Initial, then a third of the people leave, some come back, and 30 days pass. */
  LEAVERS,
  /** Initial, then everyone's groups change, some are renamed, merged or dissolved. */
  REORG,
  /** A day whose errors are allowed, as long as all is well when the endpoint is. */
  CHAOS;

  /** Whether errors may happen on the way, as long as they are healed in the end. */
  public boolean forgiving() {
    return this == CHAOS;
  }
}
