package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.Conversation;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Throttling;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends requests and reads answers. What these providers do on a 429 is not known [I]. */
final class DirectWire extends Conversation {
  private static final Throttling THROTTLING = new Throttling(5, Duration.ofMinutes(1), 1, false);

  DirectWire(ScimClient client, SimulationClock clock) {
    super(
        client,
        clock,
        THROTTLING,
        new Wording("", "the answer is no JSON object", "the resource has no id"));
  }

  void all(List<ScimRequest> requests) throws RequestFailed {
    for (ScimRequest request : requests) {
      change(request);
    }
  }

  /** The id of the resource whose name is this, whatever its letter case; 404 means none. */
  Optional<String> find(ScimRequest request, String attribute, String name) throws RequestFailed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    for (JsonNode hit : json(answer).path("Resources")) {
      if (hit instanceof ObjectNode found
          && found.path(attribute).asText().equalsIgnoreCase(name)) {
        return Optional.of(id(found));
      }
    }
    return Optional.empty();
  }
}
