package com.phonemos.scim.idp.wire;

/** The URNs of SCIM's schemas and messages (RFC 7643 §10.3, RFC 7644 §8.2). */
public final class Urn {
  /** Core user. */
  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  /** Enterprise extension of the user. */
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** Group. */
  public static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

  /** PATCH request. */
  public static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /** Bulk request. */
  public static final String BULK_REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  /** Answer to a query. */
  public static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private Urn() {}
}
