package com.phonemos.scim.idp.wire;

/** The HTTP methods of SCIM (RFC 7644 §3.2). */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
