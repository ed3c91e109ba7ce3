package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.Conversation;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Throttling;
import com.phonemos.scim.idp.entra.EntraRules.Throttled;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import java.time.Duration;
import java.util.Optional;

/** Sends Entra's requests and reads the answers as its client does. */
final class EntraWire extends Conversation {
  private static final String UNREADABLE =
      "not able to deserialize the resource received from the endpoint";

  private final Endpoint endpoint;

  EntraWire(ScimClient client, SimulationClock clock, Throttled throttled) {
    super(
        client, clock, throttling(throttled), new Wording("", UNREADABLE, UNREADABLE + ": no id"));
    this.endpoint = client.endpoint();
  }

  /** Where a user is found. */
  String location(String userId) {
    return endpoint.withoutQuery() + "/Users/" + Target.segment(userId);
  }

  /** Who is told to wait suspends the whole job [R Q5]; the numbers are [I]. */
  private static Throttling throttling(Throttled throttled) {
    return switch (throttled) {
      case HONOUR_RETRY_AFTER -> new Throttling(10, Duration.ofMinutes(1), 1, true);
      case ESCROW -> new Throttling(1, Duration.ZERO, 1, true);
    };
  }

  /** Sends a lookup; no hit is an empty list [D E1]. */
  Optional<ObjectNode> lookUp(ScimRequest request) throws RequestFailed {
    ObjectNode list = resource(request);
    // Names are compared exactly: a list under "resources" is not a list [D E1].
    JsonNode total = list.path("totalResults");
    JsonNode hits = list.path("Resources");
    if (!total.isNumber() || (total.asLong() > 0 && !hits.isArray())) {
      throw unreadable();
    }
    if (hits.size() > 1) {
      throw new RequestFailed(hits.size() + " resources match, expected one at most");
    }
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    if (hits.get(0) instanceof ObjectNode hit) {
      return Optional.of(hit);
    }
    throw unreadable();
  }

  /** Reads a list of which nothing is needed but that it is one. */
  void discover(ScimRequest request) throws RequestFailed {
    if (!resource(request).path("Resources").isArray()) {
      throw unreadable();
    }
  }

  /** Reads a resource by its cached id; empty if it is gone. */
  Optional<ObjectNode> read(ScimRequest request) throws RequestFailed {
    ScimAnswer answer = send(request);
    return answer.status() == 404 ? Optional.empty() : Optional.of(json(answer));
  }
}
