package com.phonemos.scim.conformance.reference;

/** An error answer of RFC 7644 §3.12. */
final class ScimFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String scimType;

  ScimFailure(int status, String scimType, String detail) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }

  int status() {
    return status;
  }

  String scimType() {
    return scimType;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
