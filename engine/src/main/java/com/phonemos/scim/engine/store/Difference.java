package com.phonemos.scim.engine.store;

/**
 * One field of an account or group of Keycloak that was not as it should be. The values may be
 * personal: they belong into the table of findings, not into a log.
 *
 * @param expected,actual empty where there should be, or was, no value
 */
public record Difference(String field, String expected, String actual) {
  /** Without the values. */
  @Override
  public String toString() {
    return field;
  }
}
