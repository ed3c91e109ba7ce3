package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends requests and reads answers; a 429 is waited out as it says, a few times [I]. */
final class DirectWire {
  private static final int ATTEMPTS_WHEN_THROTTLED = 5;

  private final ScimClient client;
  private final SimulationClock clock;

  DirectWire(ScimClient client, SimulationClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** A request failed; the reason goes to the log. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String reason) {
      // The reason is all there is to it; a stack trace would cost more than the request.
      super(reason, null, false, false);
    }
  }

  private ScimAnswer send(ScimRequest request) {
    for (int attempt = 1; ; attempt++) {
      ScimAnswer answer = client.send(request);
      if (answer.status() != 429 || attempt == ATTEMPTS_WHEN_THROTTLED) {
        return answer;
      }
      Optional<String> seconds =
          answer instanceof ScimAnswer.Received received
              ? received.header("Retry-After").filter(value -> value.matches("\\d{1,9}"))
              : Optional.empty();
      Duration pause = Duration.ofSeconds(seconds.map(Long::parseLong).orElse(60L));
      clock.pauseUntil(clock.instant().plus(pause));
    }
  }

  void all(List<ScimRequest> requests) throws Failed {
    for (ScimRequest request : requests) {
      succeeded(send(request));
    }
  }

  void delete(ScimRequest request) throws Failed {
    ScimAnswer answer = send(request);
    if (answer.status() != 404) {
      succeeded(answer);
    }
  }

  /** The id of the resource whose name is this, whatever its letter case; 404 means none. */
  Optional<String> find(ScimRequest request, String attribute, String name) throws Failed {
    ScimAnswer answer = send(request);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    JsonNode list =
        succeeded(answer).json().orElseThrow(() -> new Failed("the answer is not a list"));
    for (JsonNode hit : list.path("Resources")) {
      if (hit.path(attribute).asText().equalsIgnoreCase(name)) {
        return Optional.of(hit.path("id").asText(""));
      }
    }
    return Optional.empty();
  }

  String create(ScimRequest request) throws Failed {
    String id = succeeded(send(request)).json().map(r -> r.path("id").asText("")).orElse("");
    if (id.isEmpty()) {
      throw new Failed("the answer to a creation has no id");
    }
    return id;
  }

  private static ScimAnswer succeeded(ScimAnswer answer) throws Failed {
    if (!answer.succeeded()) {
      throw new Failed(answer.describe());
    }
    return answer;
  }
}
