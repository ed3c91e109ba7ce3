package com.phonemos.scim.idp.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Pieces of a request target, encoded the way the different clients do it. */
public final class Target {
  private Target() {}

  /**
   * {@code attribute eq "value"}, quotes and backslashes of the value escaped as in JSON (RFC 7644
   * §3.4.2.2).
   */
  public static String equal(String attribute, String value) {
    return attribute + " eq \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Encoded as a form: a space becomes a plus sign. Entra [O E11, S4], OneLogin [O C22]. */
  public static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Encoded as a URI: a space becomes %20. Okta [D K1]. */
  public static String percent(String text) {
    return form(text).replace("+", "%20");
  }

  /** A resource's id as a path segment. */
  public static String segment(String id) {
    return percent(id);
  }
}
