package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import com.phonemos.scim.idp.wire.Urn;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Creates many resources by few requests (RFC 7644 §3.7). The directory's identifiers are the
 * bulkIds, so that a group can name members that are created by the same request (§3.7.2).
 */
final class Bulk {
  /** Around each operation: method, path, bulkId and punctuation. */
  private static final int OVERHEAD = 200;

  private final DirectWire wire;
  private final Features features;
  private final BiConsumer<String, String> created;
  private final Set<String> pending = new HashSet<>();
  private ArrayNode operations = Json.array();
  private int bytes = OVERHEAD;

  /**
   * Bulk requests within the limits that an endpoint announces.
   *
   * @param created told the bulkId and the endpoint's identifier of everything that was created
   */
  Bulk(DirectWire wire, Features features, BiConsumer<String, String> created) {
    this.wire = wire;
    this.features = features;
    this.created = created;
  }

  /** Whether an earlier operation of the request that is being filled creates this. */
  boolean pending(String bulkId) {
    return pending.contains(bulkId);
  }

  /**
   * Adds a creation; sends what is there first when it does not fit any more.
   *
   * @param resource asked again when a request was sent in between
   */
  void create(String path, String bulkId, Supplier<ObjectNode> resource) throws RequestFailed {
    ObjectNode data = resource.get();
    if (!fits(data)) {
      flush();
      data = resource.get();
    }
    operations
        .addObject()
        .put("method", "POST")
        .put("path", path)
        .put("bulkId", bulkId)
        .set("data", data);
    pending.add(bulkId);
    bytes += size(data);
  }

  private boolean fits(ObjectNode data) {
    return operations.size() < features.bulkOperations()
        && (features.bulkBytes() == 0 || bytes + size(data) <= features.bulkBytes());
  }

  private static int size(ObjectNode data) {
    return Json.bytes(data).length + OVERHEAD;
  }

  /** Sends what is there. */
  void flush() throws RequestFailed {
    if (operations.isEmpty()) {
      return;
    }
    ObjectNode message = Json.object();
    message.set("schemas", Json.array(Urn.BULK_REQUEST));
    message.set("Operations", operations);
    operations = Json.array();
    pending.clear();
    bytes = OVERHEAD;
    ObjectNode answer = wire.resource(ScimRequest.post(Purpose.BULK, "/Bulk", message));
    for (JsonNode done : answer.path("Operations")) {
      String location = done.path("location").asText("");
      // What failed is left to single requests, which say why.
      if (done.path("status").asText().equals("201") && !location.isEmpty()) {
        created.accept(
            done.path("bulkId").asText(), location.substring(location.lastIndexOf('/') + 1));
      }
    }
  }
}
