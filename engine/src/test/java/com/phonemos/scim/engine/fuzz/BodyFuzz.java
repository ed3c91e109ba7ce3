package com.phonemos.scim.engine.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.BodyReader;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.function.Consumer;

/** Bodies: JSON, and what POST, PUT and PATCH make of it. */
public final class BodyFuzz {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  private BodyFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (ResourceType type : ResourceType.values()) {
      read(input, body -> BodyReader.read(SCHEMAS, type, Dialect.AUTO, body));
      read(input, body -> PatchReader.read(SCHEMAS, type, Dialect.AUTO, body));
    }
  }

  private static void read(byte[] input, Consumer<ObjectNode> reader) {
    try {
      reader.accept(Json.parseObject(input));
    } catch (ScimException refused) {
      Refusals.check(refused);
    }
  }
}
