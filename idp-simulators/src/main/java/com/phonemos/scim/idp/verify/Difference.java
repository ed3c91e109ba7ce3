package com.phonemos.scim.idp.verify;

/**
 * Where an endpoint differs from what it should hold.
 *
 * @param resource "user joe@contoso.example" or "group Sales"
 * @param what the difference in words
 */
public record Difference(String resource, String what) {
  /** Both in one line. */
  @Override
  public String toString() {
    return resource + ": " + what;
  }
}
