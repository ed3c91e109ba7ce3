package com.phonemos.scim.engine.store;

/** What a row of the outbox is about: what is pushed by calls of its own. */
public enum DueKind {
  USER,
  GROUP,
  /** One user's membership in one group. */
  MEMBERSHIP
}
