package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.util.Optional;

/** Sends Okta's requests and reads the answers as its client does. */
final class OktaWire {
  private static final int ATTEMPTS_WHEN_THROTTLED = 10;
  private static final Duration PAUSE_WHEN_UNTOLD = Duration.ofMinutes(5);

  private final ScimClient client;
  private final SimulationClock clock;

  OktaWire(ScimClient client, SimulationClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Sends a request. On 429 the task pauses for exactly the seconds of {@code Retry-After}; if that
   * is missing or no whole number, for 5 minutes, doubled on each repeat; after 10 attempts it
   * fails [D K2].
   */
  ScimAnswer send(ScimRequest request) {
    Duration untold = PAUSE_WHEN_UNTOLD;
    for (int attempt = 1; ; attempt++) {
      ScimAnswer answer = client.send(request);
      if (answer.status() != 429 || attempt == ATTEMPTS_WHEN_THROTTLED) {
        return answer;
      }
      Optional<Duration> told = retryAfter(answer);
      clock.pauseUntil(clock.instant().plus(told.orElse(untold)));
      if (told.isEmpty()) {
        untold = untold.multipliedBy(2);
      }
    }
  }

  private static Optional<Duration> retryAfter(ScimAnswer answer) {
    return answer instanceof ScimAnswer.Received received
        ? received
            .header("Retry-After")
            .filter(value -> value.matches("\\d{1,9}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  /** Sends a lookup; an empty list and a 404 both mean that there is nothing [D K1]. */
  Optional<ObjectNode> lookUp(ScimRequest request) throws TaskFailed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    JsonNode hits = json(answer).path("Resources");
    return hits.path(0) instanceof ObjectNode hit ? Optional.of(hit) : Optional.empty();
  }

  /** Sends a request whose answer must be a resource. */
  ObjectNode resource(ScimRequest request) throws TaskFailed {
    return json(send(request));
  }

  /** Sends a creation; without a body in the answer there is no user [D K1]. */
  ObjectNode create(ScimRequest request) throws TaskFailed {
    ObjectNode created = json(send(request));
    if (!created.path("id").isTextual() || created.path("id").asText().isEmpty()) {
      throw new TaskFailed("Create returned a resource without an id");
    }
    return created;
  }

  /** Sends a change whose answer may be empty. */
  void change(ScimRequest request) throws TaskFailed {
    succeeded(send(request));
  }

  /** Sends a deletion; what is gone already counts as deleted. */
  void delete(ScimRequest request) throws TaskFailed {
    ScimAnswer answer = send(request);
    if (answer.status() != 404) {
      succeeded(answer);
    }
  }

  private static ObjectNode json(ScimAnswer answer) throws TaskFailed {
    succeeded(answer);
    return answer
        .json()
        .orElseThrow(() -> new TaskFailed("Errors reported by remote server: Invalid JSON"));
  }

  private static void succeeded(ScimAnswer answer) throws TaskFailed {
    if (!answer.succeeded()) {
      throw new TaskFailed("Errors reported by remote server: " + answer.describe());
    }
  }
}
