package com.phonemos.scim.engine.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.Urn;

/** An error on the wire (RFC 7644 §3.12): the RFC's members and no other. */
public final class ErrorBody {
  private ErrorBody() {}

  public static ObjectNode of(ScimError error) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(Urn.ERROR);
    body.put("status", Integer.toString(error.status()));
    error.type().ifPresent(type -> body.put("scimType", type.keyword()));
    return body.put("detail", error.detail());
  }
}
