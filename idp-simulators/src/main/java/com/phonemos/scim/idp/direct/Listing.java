package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Target;
import java.util.function.Consumer;

/** Reads all resources of a type, by cursor (RFC 9865 §2) or by index (RFC 7644 §3.4.2.4). */
final class Listing {
  private static final int PAGE = 100;

  private final DirectWire wire;
  private final boolean byCursor;

  Listing(DirectWire wire, boolean byCursor) {
    this.wire = wire;
    this.byCursor = byCursor;
  }

  /**
   * Hands over every resource.
   *
   * @param attribute the one that is read beside those that are always returned
   */
  void forEach(String resourceType, String attribute, Consumer<ObjectNode> found)
      throws RequestFailed {
    String all = "/" + resourceType + "?attributes=" + attribute + "&count=" + PAGE;
    if (byCursor) {
      String cursor = "";
      do {
        String value = cursor.isEmpty() ? "" : "=" + Target.percent(cursor);
        ObjectNode page = page(all + "&cursor" + value, found);
        cursor = page.path("nextCursor").asText("");
      } while (!cursor.isEmpty());
      return;
    }
    for (long start = 1, total = 1; start <= total; ) {
      ObjectNode page = page(all + "&startIndex=" + start, found);
      total = page.path("totalResults").asLong();
      int read = page.path("Resources").size();
      if (read == 0 && start <= total) {
        throw new RequestFailed(resourceType + " ends before totalResults");
      }
      start += read;
    }
  }

  private ObjectNode page(String target, Consumer<ObjectNode> found) throws RequestFailed {
    ObjectNode page = wire.resource(ScimRequest.get(Purpose.IMPORT, target));
    for (JsonNode resource : page.path("Resources")) {
      if (resource instanceof ObjectNode object) {
        found.accept(object);
      }
    }
    return page;
  }
}
