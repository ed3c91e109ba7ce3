package com.phonemos.scim.conformance.replay;

/**
 * Something that is not as it was recorded.
 *
 * @param entry number of the exchange in the session, from 1
 * @param place {@code status}, {@code header ETag} or a JSON pointer into the body
 */
public record Difference(int entry, String place, String recorded, String live) {
  /** What a baseline names it by: stable as long as the session is the same. */
  public String id() {
    return entry + ":" + place;
  }

  /** Whether it is about what the answer says, not how it ended. */
  boolean ofTheBody() {
    return place.equals("body") || place.startsWith("/");
  }
}
