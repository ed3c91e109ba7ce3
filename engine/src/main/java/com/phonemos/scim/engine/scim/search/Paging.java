package com.phonemos.scim.engine.scim.search;

/** Which page a client asks for. */
public sealed interface Paging {
  /**
   * By position (RFC 7644 §3.4.2.4).
   *
   * @param startIndex of the first resource, from 1
   */
  record Index(long startIndex) implements Paging {}

  /**
   * By cursor (RFC 9865 §2).
   *
   * @param value as an earlier page gave it; empty asks for the first page
   */
  record Cursor(String value) implements Paging {
    public boolean isFirst() {
      return value.isEmpty();
    }
  }
}
