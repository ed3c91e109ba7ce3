package com.phonemos.scim.engine.keycloak;

import java.time.Duration;

/** What became of one push. Reasons are for an operator to read. */
sealed interface PushOutcome {
  /** Keycloak had what is wanted. */
  record InSync() implements PushOutcome {}

  /** Keycloak has what is wanted now. */
  record Pushed() implements PushOutcome {}

  /**
   * To be tried again.
   *
   * @param counted false when it says nothing about this resource: Keycloak is away, or another
   *     resource must come first
   */
  record Later(Duration after, boolean counted, String reason) implements PushOutcome {}

  /** Waits for a change or for a person. */
  record GivenUp(String reason) implements PushOutcome {}

  /** Waits for an operator, because too many others lose access at the same time. */
  record Held() implements PushOutcome {
    static final String REASON =
        "Held by the mass-change guard: see phonemos-scim guard list, release or reject";
  }

  /** For a metric's label. */
  default String label() {
    return switch (this) {
      case InSync inSync -> "in_sync";
      case Pushed pushed -> "pushed";
      case Later later -> "later";
      case GivenUp givenUp -> "given_up";
      case Held held -> "held";
    };
  }
}
