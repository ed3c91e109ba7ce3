package com.phonemos.scim.conformance.suite;

import java.util.Locale;

/** What a server may or may not offer; cases that need what is not offered are skipped. */
public enum Feature {
  PATCH("patch.supported in /ServiceProviderConfig"),
  BULK("bulk.supported in /ServiceProviderConfig"),
  FILTER("filter.supported in /ServiceProviderConfig"),
  SORT("sort.supported in /ServiceProviderConfig"),
  ETAG("etag.supported in /ServiceProviderConfig"),
  CURSOR("pagination.cursor in /ServiceProviderConfig (RFC 9865 §4)"),
  GROUPS("a resource type at /Groups in /ResourceTypes"),
  ENTERPRISE("the enterprise extension of /Users in /ResourceTypes"),
  SEARCH("an answer other than 404, 405 or 501 to POST /Users/.search"),
  SECOND_TENANT("--second-token, a token of another tenant");

  private final String evidence;

  Feature(String evidence) {
    this.evidence = evidence;
  }

  /** Where a server, or the operator of the suite, says that it is there. */
  public String evidence() {
    return evidence;
  }

  /** As on the command line and in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
