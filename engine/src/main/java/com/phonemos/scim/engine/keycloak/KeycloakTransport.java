package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;

/** Carries requests to a Keycloak and its answers back, whatever they say. */
interface KeycloakTransport {
  /**
   * An answer, whatever its status.
   *
   * @param location of what was created; otherwise empty
   */
  record Exchange(int status, String location, Optional<Duration> retryAfter, Buffer body) {}

  /** Fails with {@link Problem.Unavailable} when there is no answer. */
  Future<Exchange> exchange(
      HttpMethod method, String address, MultiMap headers, Optional<Buffer> body);
}
