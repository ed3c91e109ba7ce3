package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Header;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Entra's headers: no {@code User-Agent} [O C7], a {@code Content-Type} only with a body [O E11,
 * S1]. {@code Accept} and the order are not known; nothing is invented for them.
 */
final class EntraHeaders implements HeaderLayout {
  @Override
  public List<Header> headers(
      Endpoint endpoint, String authorization, ScimRequest request, OptionalInt contentLength) {
    List<Header> headers = new ArrayList<>(4);
    headers.add(new Header("Authorization", authorization));
    if (contentLength.isPresent()) {
      headers.add(new Header("Content-Type", "application/scim+json; charset=utf-8"));
    }
    headers.add(new Header("Host", endpoint.authority()));
    if (contentLength.isPresent()) {
      headers.add(new Header("Content-Length", Integer.toString(contentLength.getAsInt())));
    }
    return headers;
  }
}
