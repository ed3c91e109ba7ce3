package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an endpoint announces in its ServiceProviderConfig (RFC 7643 §5; cursors RFC 9865 §4).
 *
 * @param patch whether resources can be patched; without it they are replaced
 * @param etag whether versions are kept and checked
 * @param cursor whether lists can be read by cursor
 * @param bulkOperations operations in one bulk request at most; 0 where bulk is not announced
 * @param bulkBytes bytes of one bulk request at most
 */
record Features(boolean patch, boolean etag, boolean cursor, int bulkOperations, int bulkBytes) {
  /** Nothing but what every endpoint must do, and PATCH. */
  static Features none() {
    return new Features(true, false, false, 0, 0);
  }

  static Features of(ObjectNode config) {
    boolean bulk = config.path("bulk").path("supported").asBoolean();
    return new Features(
        config.path("patch").path("supported").asBoolean(true),
        config.path("etag").path("supported").asBoolean(),
        config.path("pagination").path("cursor").asBoolean(),
        bulk ? config.path("bulk").path("maxOperations").asInt() : 0,
        config.path("bulk").path("maxPayloadSize").asInt());
  }

  boolean bulk() {
    return bulkOperations > 0;
  }
}
