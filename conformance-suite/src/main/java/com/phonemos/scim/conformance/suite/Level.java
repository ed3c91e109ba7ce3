package com.phonemos.scim.conformance.suite;

/** How strongly a clause binds (RFC 2119). */
public enum Level {
  /** Not meeting it is a failure. */
  MUST,
  /** Not meeting it is non-strict: still conformant. */
  SHOULD,
  /** Observed and told, never judged. */
  MAY
}
