package com.phonemos.scim.engine.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A schema that adds attributes to the resources of one type (RFC 7643 §3.3).
 *
 * @param document as RFC 7643 §7 defines it; for reading only
 */
public record SchemaExtension(ResourceType type, JsonNode document) {
  /** The name under which its attributes stand in a resource. */
  public String urn() {
    return document.path("id").asText();
  }

  public List<Attribute> attributes() {
    return SchemaDocument.attributes(document.path("attributes"));
  }

  /**
   * Why a document cannot be an extension, each reason a sentence for whoever wrote it; empty when
   * it can.
   */
  public static List<String> problems(JsonNode document) {
    return SchemaDocumentCheck.problems(document);
  }
}
