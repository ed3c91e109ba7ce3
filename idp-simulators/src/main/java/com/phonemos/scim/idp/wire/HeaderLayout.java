package com.phonemos.scim.idp.wire;

import java.util.List;
import java.util.OptionalInt;

/** The set and the order of the headers that one identity provider sends. */
@FunctionalInterface
public interface HeaderLayout {
  /**
   * The headers of one request, complete and in order: nothing is added on the way.
   *
   * @param endpoint where the request goes
   * @param authorization the value of {@code Authorization}
   * @param request what is asked
   * @param contentLength bytes of the body, empty for a request without one
   */
  List<Header> headers(
      Endpoint endpoint, String authorization, ScimRequest request, OptionalInt contentLength);
}
