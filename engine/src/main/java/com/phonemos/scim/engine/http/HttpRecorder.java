package com.phonemos.scim.engine.http;

import java.util.Optional;

/** What the SCIM endpoint tells whoever measures it. */
public interface HttpRecorder {
  /** For those who do not measure. */
  HttpRecorder NONE = new HttpRecorder() {};

  /**
   * A request was answered.
   *
   * @param operation what the route does, such as {@code create}; bounded in number
   * @param resource {@code User}, {@code Group} or {@code none}
   * @param scimType of an error that has one
   */
  default void answered(
      String operation, String resource, int status, Optional<String> scimType, long nanos) {}
}
