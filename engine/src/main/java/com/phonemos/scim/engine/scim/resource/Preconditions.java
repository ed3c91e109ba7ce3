package com.phonemos.scim.engine.scim.resource;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import java.util.Optional;

/** What has to hold of a resource's version for a change of it (RFC 7644 §3.14, RFC 9110 §13). */
public record Preconditions(Optional<Precondition> ifMatch, Optional<Precondition> ifNoneMatch) {
  public static final Preconditions NONE = new Preconditions(Optional.empty(), Optional.empty());

  /**
   * Holds them against a version.
   *
   * @throws ScimException 412
   */
  public void require(Version version) {
    if (ifMatch.isPresent() && !ifMatch.get().matches(version)) {
      throw failed("the version named in If-Match, but the resource has changed since");
    }
    if (ifNoneMatch.isPresent() && ifNoneMatch.get().matches(version)) {
      throw failed("a version other than those in If-None-Match, but the resource has one of them");
    }
  }

  private static ScimException failed(String expectation) {
    return new ScimException(ScimError.of(412, "Expected " + expectation));
  }
}
