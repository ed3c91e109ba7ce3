package com.phonemos.scim.engine.keycloak;

/** What the push tells whoever measures it. */
public interface PushRecorder {
  /** For those who do not measure. */
  PushRecorder NONE = new PushRecorder() {};

  /**
   * One due resource was pushed, or not.
   *
   * @param outcome {@code in_sync}, {@code pushed}, {@code later}, {@code given_up} or {@code held}
   */
  default void pushed(String outcome, long nanos) {}

  /**
   * A resource has reached Keycloak.
   *
   * @param urgent access was lost by it
   * @param lagMs since it was marked due
   */
  default void settled(boolean urgent, long lagMs) {}

  /**
   * A push did not succeed, and is mostly to be tried again.
   *
   * @param reason {@code conflict}, {@code not_found}, {@code rejected}, {@code failed} or {@code
   *     unavailable}
   */
  default void retried(String reason) {}

  /**
   * What the way to a Keycloak is like now.
   *
   * @param target its address
   * @param circuit 0 closed, 1 half open, 2 open
   * @param limit pushes at a time
   */
  default void gate(String target, int circuit, int limit) {}

  /** The mass-change guard began to hold losses of access of a tenant. */
  default void guardTripped() {}

  /** A token was asked for; {@code ok}, {@code refused} or {@code failed}. */
  default void token(String outcome) {}
}
