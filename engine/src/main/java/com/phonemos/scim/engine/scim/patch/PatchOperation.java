package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One operation of a PATCH request (RFC 7644 §3.5.2), free of dialect: every operation has a path.
 *
 * @param value absent only for {@code remove}; the tree is for reading only
 */
public record PatchOperation(Op op, PatchPath path, Optional<JsonNode> value) {
  /** RFC 7644 §3.5.2: the three verbs. */
  public enum Op {
    ADD,
    REMOVE,
    REPLACE
  }
}
