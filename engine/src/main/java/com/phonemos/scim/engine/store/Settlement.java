package com.phonemos.scim.engine.store;

import java.time.Duration;
import java.util.Optional;

/** How a claim ended. It takes effect only if nobody marked the resource meanwhile. */
public sealed interface Settlement {
  Claim claim();

  /** Keycloak has what is wanted. */
  record Done(Claim claim) implements Settlement {}

  /**
   * To be claimed again after {@code after}.
   *
   * @param counted false when the attempt says nothing about the resource
   * @param reason for an operator to read
   */
  record Postponed(Claim claim, Duration after, boolean counted, String reason)
      implements Settlement {}

  /** Waits for its next change or for an operator; {@code reason} is what they can act on. */
  record GivenUp(Claim claim, String reason) implements Settlement {}

  /** Never tried: others may claim it at once. */
  record Released(Claim claim) implements Settlement {}

  default boolean done() {
    return this instanceof Done;
  }

  /** Until it may be claimed again; empty: not before the next change. */
  default Optional<Duration> delay() {
    return switch (this) {
      case Done done -> Optional.empty();
      case Postponed postponed -> Optional.of(postponed.after());
      case GivenUp givenUp -> Optional.empty();
      case Released released -> Optional.of(Duration.ZERO);
    };
  }

  default boolean counted() {
    return switch (this) {
      case Done done -> true;
      case Postponed postponed -> postponed.counted();
      case GivenUp givenUp -> true;
      case Released released -> false;
    };
  }

  default Optional<String> reasonIfAny() {
    return switch (this) {
      case Done done -> Optional.empty();
      case Postponed postponed -> Optional.of(postponed.reason());
      case GivenUp givenUp -> Optional.of(givenUp.reason());
      case Released released -> Optional.empty();
    };
  }
}
