package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Header;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Okta's headers in Okta's order [O K7, B]. */
final class OktaHeaders implements HeaderLayout {
  @Override
  public List<Header> headers(
      Endpoint endpoint, String authorization, ScimRequest request, OptionalInt contentLength) {
    List<Header> headers = new ArrayList<>(9);
    headers.add(new Header("Accept", "application/scim+json"));
    headers.add(new Header("Accept-Charset", "utf-8"));
    if (contentLength.isPresent()) {
      headers.add(new Header("Content-Type", "application/scim+json; charset=utf-8"));
    }
    headers.add(new Header("User-Agent", "Okta SCIM Client 1.0.0"));
    headers.add(new Header("Authorization", authorization));
    if (contentLength.isPresent()) {
      headers.add(new Header("Content-Length", Integer.toString(contentLength.getAsInt())));
    }
    headers.add(new Header("Host", endpoint.authority()));
    headers.add(new Header("Connection", "Keep-Alive"));
    headers.add(new Header("Accept-Encoding", "gzip,deflate"));
    return headers;
  }
}
