package com.phonemos.scim.engine.store;

import java.util.Locale;

/** What a token opens. */
public enum TokenScope {
  /** The SCIM endpoint, for the identity provider. */
  SCIM,

  /** The change feed, for Phonemos; to read, and nothing else. */
  CHANGES;

  /** As it is stored and shown: {@code scim} or {@code changes}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TokenScope of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
