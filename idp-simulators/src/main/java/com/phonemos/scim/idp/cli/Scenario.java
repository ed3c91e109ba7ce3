package com.phonemos.scim.idp.cli;

/** What happens in a run. */
enum Scenario {
  /** Everyone and every group, once. */
  INITIAL,
  /** Initial, then a working day: people join, change, move, leave and come back. */
  DAY
}
