package com.phonemos.scim.engine.store;

/** What a row of the outbox is about. */
public enum DueKind {
  USER,
  GROUP,
  /** One user's membership in one group. */
  MEMBERSHIP
}
