package com.phonemos.scim.engine.scim.filter;

/** The comparison operators of RFC 7644 §3.4.2.2, table 3, without {@code pr}. */
public enum CompareOperator {
  EQ,
  NE,
  CO,
  SW,
  EW,
  GT,
  GE,
  LT,
  LE;

  /** As on the wire; read without regard to case. */
  public String keyword() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
