package com.phonemos.scim.engine.keycloak;

/** Carries a {@link Problem} through futures. */
final class KeycloakException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  KeycloakException(Problem problem) {
    // Some thousand times a second when Keycloak is away, and the stack would say nothing.
    super(problem.reason(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
