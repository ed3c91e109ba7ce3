package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.Conversation;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Throttling;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.util.Optional;

/** Sends Okta's requests and reads the answers as its client does. */
final class OktaWire extends Conversation {
  /**
   * A throttled task pauses for exactly the seconds of {@code Retry-After}; if that is missing or
   * no whole number, for 5 minutes, doubled on each repeat; after 10 attempts it fails [D K2].
   */
  private static final Throttling THROTTLING = new Throttling(10, Duration.ofMinutes(5), 2, false);

  private static final String REFUSED = "Errors reported by remote server: ";

  OktaWire(ScimClient client, SimulationClock clock) {
    super(
        client,
        clock,
        THROTTLING,
        // Without a body in the answer to a creation there is no user [D K1] [O C20].
        new Wording(REFUSED, REFUSED + "Invalid JSON", "The resource has no id"));
  }

  /** Sends a lookup; an empty list and a 404 both mean that there is nothing [D K1]. */
  Optional<ObjectNode> lookUp(ScimRequest request) throws RequestFailed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    return json(answer).path("Resources").path(0) instanceof ObjectNode hit
        ? Optional.of(hit)
        : Optional.empty();
  }
}
