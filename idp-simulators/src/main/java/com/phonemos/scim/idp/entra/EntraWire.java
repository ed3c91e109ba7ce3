package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.entra.EntraOptions.Throttling;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/** Sends Entra's requests and reads the answers as its client does. */
final class EntraWire {
  /** Sources name no limit and no default; these keep a run from being endless [I]. */
  private static final int ATTEMPTS_WHEN_THROTTLED = 10;

  private static final Duration PAUSE_WHEN_UNTOLD = Duration.ofMinutes(1);
  private static final String UNREADABLE =
      "not able to deserialize the resource received from the endpoint";

  private final ScimClient client;
  private final SimulationClock clock;
  private final Quarantine quarantine;
  private final Throttling throttling;
  private final AtomicLong suspendedUntilMs = new AtomicLong();

  EntraWire(
      ScimClient client, SimulationClock clock, Quarantine quarantine, Throttling throttling) {
    this.client = client;
    this.clock = clock;
    this.quarantine = quarantine;
    this.throttling = throttling;
  }

  /** Sends a request; wrong credentials put the job into quarantine at once [D E4]. */
  ScimAnswer send(ScimRequest request) {
    ScimAnswer answer = sendWhenAllowed(request);
    if (answer.status() == 401 || answer.status() == 403) {
      quarantine.trip("credentials invalid: " + answer.describe(), clock.instant());
    }
    return answer;
  }

  /** One worker that is told to wait suspends the whole job [R Q5]. */
  private ScimAnswer sendWhenAllowed(ScimRequest request) {
    for (int attempt = 1; ; attempt++) {
      clock.pauseUntil(Instant.ofEpochMilli(suspendedUntilMs.get()));
      ScimAnswer answer = client.send(request);
      if (answer.status() != 429
          || throttling == Throttling.ESCROW
          || attempt == ATTEMPTS_WHEN_THROTTLED) {
        return answer;
      }
      Instant resume = clock.instant().plus(retryAfter(answer));
      suspendedUntilMs.accumulateAndGet(resume.toEpochMilli(), Math::max);
    }
  }

  private static Duration retryAfter(ScimAnswer answer) {
    if (answer instanceof ScimAnswer.Received received) {
      Optional<String> seconds =
          received.header("Retry-After").filter(value -> value.matches("\\d{1,9}"));
      if (seconds.isPresent()) {
        return Duration.ofSeconds(Long.parseLong(seconds.get()));
      }
    }
    return PAUSE_WHEN_UNTOLD;
  }

  /**
   * Sends a lookup; no hit is an empty list. A 404 breaks the rules and leads to quarantine [D E1,
   * E4].
   */
  Optional<ObjectNode> lookUp(ScimRequest request) throws ObjectFailed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      quarantine.trip("a lookup was answered with 404", clock.instant());
    }
    List<JsonNode> hits = resources(succeeded(answer));
    if (hits.size() > 1) {
      throw new ObjectFailed(hits.size() + " resources match, expected one at most");
    }
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    if (hits.getFirst() instanceof ObjectNode hit) {
      return Optional.of(hit);
    }
    throw new ObjectFailed(UNREADABLE);
  }

  private static List<JsonNode> resources(ScimAnswer answer) throws ObjectFailed {
    ObjectNode list = answer.json().orElseThrow(() -> new ObjectFailed(UNREADABLE));
    // Names are compared exactly: a list under "resources" is not a list [D E1].
    JsonNode total = list.path("totalResults");
    JsonNode resources = list.path("Resources");
    if (!total.isNumber() || (total.asLong() > 0 && !resources.isArray())) {
      throw new ObjectFailed(UNREADABLE);
    }
    return StreamSupport.stream(resources.spliterator(), false).toList();
  }

  /** Reads a resource by its cached id; empty if it is gone. */
  Optional<ObjectNode> read(ScimRequest request) throws ObjectFailed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    return Optional.of(succeeded(answer).json().orElseThrow(() -> new ObjectFailed(UNREADABLE)));
  }

  /** Sends a creation and returns the id that the endpoint gave. */
  String create(ScimRequest request) throws ObjectFailed {
    return id(succeeded(send(request)).json().orElseThrow(() -> new ObjectFailed(UNREADABLE)));
  }

  /** The id of a resource. */
  static String id(ObjectNode resource) throws ObjectFailed {
    JsonNode id = resource.path("id");
    if (!id.isTextual() || id.asText().isEmpty()) {
      throw new ObjectFailed(UNREADABLE + ": it has no id");
    }
    return id.asText();
  }

  /** Sends a change that must succeed; the answer's body does not matter [D E1]. */
  void change(ScimRequest request) throws ObjectFailed {
    succeeded(send(request));
  }

  /** Sends a deletion; what is gone already counts as deleted. */
  void delete(ScimRequest request) throws ObjectFailed {
    ScimAnswer answer = send(request);
    if (answer.status() != 404) {
      succeeded(answer);
    }
  }

  private static ScimAnswer succeeded(ScimAnswer answer) throws ObjectFailed {
    if (!answer.succeeded()) {
      throw new ObjectFailed(answer.describe());
    }
    return answer;
  }
}
