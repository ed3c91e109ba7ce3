package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Versions of resources (RFC 7644 §3.14): sent with every change, and read anew when the endpoint
 * says that one is stale.
 */
final class Versions {
  private static final int PRECONDITION_FAILED = 412;

  private final DirectWire wire;
  private final Map<String, String> byPath = new ConcurrentHashMap<>();
  private volatile boolean kept;

  Versions(DirectWire wire) {
    this.wire = wire;
  }

  /** Whether the endpoint keeps versions; if not, changes are sent without. */
  void kept(boolean announced) {
    kept = announced;
  }

  /** Sends the deletion of the resource at a path; what is gone already counts as deleted. */
  void delete(String path, ScimRequest request) throws RequestFailed {
    wire.delete(kept ? request.ifMatch(version(path)) : request);
    byPath.remove(path);
  }

  /** Sends a change of the resource at a path. */
  void change(String path, ScimRequest request) throws RequestFailed {
    if (!kept) {
      wire.change(request);
      return;
    }
    ScimAnswer answer = wire.send(request.ifMatch(version(path)));
    if (answer.status() == PRECONDITION_FAILED) {
      byPath.remove(path);
      answer = wire.send(request.ifMatch(version(path)));
    }
    byPath.remove(path);
    of(wire.succeeded(answer)).ifPresent(version -> byPath.put(path, version));
  }

  private String version(String path) throws RequestFailed {
    String known = byPath.get(path);
    if (known != null) {
      return known;
    }
    return of(wire.succeeded(wire.send(GenericRequests.read(path))))
        .orElseThrow(() -> new RequestFailed("etag is announced, but there is no version"));
  }

  /** Of the header, or of {@code meta.version} (RFC 7643 §3.1). */
  private static Optional<String> of(ScimAnswer answer) {
    Optional<String> header =
        answer instanceof ScimAnswer.Received received ? received.header("ETag") : Optional.empty();
    return header.or(
        () -> answer.json().map(Versions::inMeta).filter(version -> !version.isEmpty()));
  }

  private static String inMeta(ObjectNode resource) {
    return resource.path("meta").path("version").asText("");
  }
}
