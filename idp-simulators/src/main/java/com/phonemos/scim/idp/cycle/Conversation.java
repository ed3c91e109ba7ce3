package com.phonemos.scim.idp.cycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests and reads the answers. Identity providers add how they read a lookup. */
public class Conversation {
  private final ScimClient client;
  private final SimulationClock clock;
  private final Throttling throttling;
  private final Wording wording;
  private final AtomicLong suspendedUntilMs = new AtomicLong();

  /**
   * What an identity provider's log says.
   *
   * @param refused in front of a status that is no success
   * @param unreadable of an answer that is no JSON object
   * @param withoutId of a created resource without an id
   */
  public record Wording(String refused, String unreadable, String withoutId) {}

  /** A conversation over this client; pauses are taken on the clock. */
  public Conversation(
      ScimClient client, SimulationClock clock, Throttling throttling, Wording wording) {
    this.client = client;
    this.clock = clock;
    this.throttling = throttling;
    this.wording = wording;
  }

  /** Sends a request, again and again while it is throttled. */
  public final ScimAnswer send(ScimRequest request) {
    Duration untold = throttling.untold();
    for (int attempt = 1; ; attempt++) {
      clock.pauseUntil(Instant.ofEpochMilli(suspendedUntilMs.get()));
      ScimAnswer answer = client.send(request);
      if (answer.status() != 429 || attempt >= throttling.attempts()) {
        return answer;
      }
      Optional<Duration> told = Throttling.retryAfter(answer);
      Instant resume = clock.instant().plus(told.orElse(untold));
      if (told.isEmpty()) {
        untold = untold.multipliedBy(throttling.growth());
      }
      if (throttling.suspendsAll()) {
        suspendedUntilMs.accumulateAndGet(resume.toEpochMilli(), Math::max);
      } else {
        clock.pauseUntil(resume);
      }
    }
  }

  /** Sends a request whose answer must be a JSON object. */
  public final ObjectNode resource(ScimRequest request) throws RequestFailed {
    return json(send(request));
  }

  /** Sends a creation; a resource without an id was not created. */
  public final ObjectNode create(ScimRequest request) throws RequestFailed {
    ObjectNode created = resource(request);
    id(created);
    return created;
  }

  /** The id of a resource. */
  public final String id(ObjectNode resource) throws RequestFailed {
    String id = resource.path("id").isTextual() ? resource.path("id").asText() : "";
    if (id.isEmpty()) {
      throw new RequestFailed(wording.withoutId());
    }
    return id;
  }

  /** Sends a change that must succeed; the answer's body does not matter. */
  public final void change(ScimRequest request) throws RequestFailed {
    succeeded(send(request));
  }

  /** Sends a deletion; what is gone already counts as deleted. */
  public final void delete(ScimRequest request) throws RequestFailed {
    ScimAnswer answer = send(request);
    if (answer.status() != 404) {
      succeeded(answer);
    }
  }

  /** The JSON object of an answer that must be a success. */
  protected final ObjectNode json(ScimAnswer answer) throws RequestFailed {
    succeeded(answer);
    return answer.json().orElseThrow(this::unreadable);
  }

  /** The failure of an answer that cannot be read. */
  protected final RequestFailed unreadable() {
    return new RequestFailed(wording.unreadable());
  }

  /** The same answer, which must be a success. */
  public final ScimAnswer succeeded(ScimAnswer answer) throws RequestFailed {
    if (!answer.succeeded()) {
      throw new RequestFailed(wording.refused() + answer.describe());
    }
    return answer;
  }
}
