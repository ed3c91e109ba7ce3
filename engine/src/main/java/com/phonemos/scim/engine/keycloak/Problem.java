package com.phonemos.scim.engine.keycloak;

import java.time.Duration;
import java.util.Optional;

/** Why a call to Keycloak did not do what it should. The reasons are for an operator to read. */
sealed interface Problem {
  String reason();

  /** For a metric's label. */
  default String label() {
    return switch (this) {
      case Conflict conflict -> "conflict";
      case NotFound notFound -> "not_found";
      case Rejected rejected -> "rejected";
      case Failed failed -> "failed";
      case Unavailable unavailable -> "unavailable";
    };
  }

  /** The problem behind a failed future; what is no problem of Keycloak's counts as failed. */
  static Problem of(Throwable cause) {
    return cause instanceof KeycloakException known
        ? known.problem()
        : new Failed(ReasonText.of(cause));
  }

  /** 409: another user or group has the same name or e-mail address. */
  record Conflict(String reason) implements Problem {}

  /** 404: what the path names is not there. */
  record NotFound(String reason) implements Problem {}

  /** 400 with a reason: Keycloak will never take this content. */
  record Rejected(String reason) implements Problem {}

  /** 500, or an answer that makes no sense. The call may have taken effect. */
  record Failed(String reason) implements Problem {}

  /**
   * It says nothing about the content: no connection, no answer in time, no access. The call may
   * have taken effect.
   *
   * @param retryAfter as Keycloak, or a proxy before it, asks
   */
  record Unavailable(Scope scope, String reason, Optional<Duration> retryAfter)
      implements Problem {}

  /** How much is unavailable. */
  enum Scope {
    /** One realm: its credentials or its rights. */
    REALM,
    /** The Keycloak at this address, with all its realms. */
    SERVER
  }
}
