package com.phonemos.scim.idp.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import java.util.function.Consumer;

/** Walks through all resources of an endpoint by index (RFC 7644 §3.4.2.4). */
final class ScimReader {
  private static final int PAGE = 100;

  private final ScimClient client;

  ScimReader(ScimClient client) {
    this.client = client;
  }

  /**
   * Hands over every resource, a page at a time, so that memory does not depend on their number.
   */
  void forEach(String resourceType, Consumer<ObjectNode> found) throws UnreadableException {
    long total = Long.MAX_VALUE;
    for (long startIndex = 1; startIndex <= total; ) {
      ObjectNode page = get("/" + resourceType + "?startIndex=" + startIndex + "&count=" + PAGE);
      total = page.path("totalResults").asLong();
      JsonNode resources = page.path("Resources");
      if (resources.isEmpty() && startIndex <= total) {
        throw new UnreadableException(
            resourceType + " ends at " + (startIndex - 1) + " although totalResults is " + total);
      }
      for (JsonNode resource : resources) {
        if (resource instanceof ObjectNode object) {
          found.accept(object);
        }
      }
      startIndex += resources.size();
    }
  }

  /** One group with its members. */
  ObjectNode group(String id) throws UnreadableException {
    return get("/Groups/" + Target.segment(id));
  }

  private ObjectNode get(String target) throws UnreadableException {
    ScimAnswer answer = client.send(ScimRequest.get(Purpose.VERIFY, target));
    if (!answer.succeeded()) {
      throw new UnreadableException("GET " + target + " was answered " + answer.describe());
    }
    return answer
        .json()
        .orElseThrow(() -> new UnreadableException("GET " + target + " did not answer JSON"));
  }
}
