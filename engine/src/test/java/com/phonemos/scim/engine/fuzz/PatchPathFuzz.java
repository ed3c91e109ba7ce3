package com.phonemos.scim.engine.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;

/** Paths of a PATCH (RFC 7644 §3.5.2), for users and for groups. */
public final class PatchPathFuzz {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  private PatchPathFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    String path = new String(input, StandardCharsets.UTF_8);
    for (ResourceType type : ResourceType.values()) {
      for (String op : new String[] {"add", "remove"}) {
        try {
          PatchReader.read(SCHEMAS, type, Dialect.AUTO, patch(op, path));
        } catch (ScimException refused) {
          Refusals.check(refused);
        }
      }
    }
  }

  private static ObjectNode patch(String op, String path) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putArray("Operations")
        .addObject()
        .put("op", op)
        .put("path", path)
        .put("value", "01a2142e-7d4f-7444-8736-e8ee012ed899");
    return patch;
  }
}
