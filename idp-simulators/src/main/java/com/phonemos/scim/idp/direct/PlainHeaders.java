package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Header;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Authorization and what a body needs, without a {@code User-Agent}.
 *
 * @param accept whether {@code Accept} asks for SCIM
 * @param contentType the media type of bodies
 */
record PlainHeaders(boolean accept, String contentType) implements HeaderLayout {
  private static final String SCIM = "application/scim+json";

  PlainHeaders(boolean accept) {
    this(accept, SCIM);
  }

  @Override
  public List<Header> headers(
      Endpoint endpoint, String authorization, ScimRequest request, OptionalInt contentLength) {
    List<Header> headers = new ArrayList<>(6);
    headers.add(new Header("Host", endpoint.authority()));
    headers.add(new Header("Authorization", authorization));
    if (accept) {
      headers.add(new Header("Accept", SCIM));
    }
    request.ifMatch().ifPresent(version -> headers.add(new Header("If-Match", version)));
    if (contentLength.isPresent()) {
      headers.add(new Header("Content-Type", contentType));
      headers.add(new Header("Content-Length", Integer.toString(contentLength.getAsInt())));
    }
    return headers;
  }
}
