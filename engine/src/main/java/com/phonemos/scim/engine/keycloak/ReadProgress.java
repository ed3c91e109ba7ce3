package com.phonemos.scim.engine.keycloak;

/** Hears how far a long read of a realm is. */
@FunctionalInterface
public interface ReadProgress {
  /**
   * So much is done.
   *
   * @param what such as {@code accounts read}
   */
  void reached(String what, long count);
}
