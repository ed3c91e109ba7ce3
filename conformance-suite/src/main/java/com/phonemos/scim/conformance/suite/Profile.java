package com.phonemos.scim.conformance.suite;

import java.util.Locale;

/** A set of cases that belong together because one party asks for all of them. */
public enum Profile {
  /** RFC 7643, RFC 7644 and RFC 9865. */
  RFC,
  /** Microsoft Entra ID, with Microsoft's validator and gallery tests. */
  ENTRA,
  /** Okta, with its SPEC and CRUD test suites. */
  OKTA,
  /** The OpenID IPSIE account lifecycle profile of SCIM. */
  IPSIE;

  /** As on the command line and in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
