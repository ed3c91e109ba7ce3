package com.phonemos.scim.conformance.wire;

import java.util.Locale;
import java.util.Set;

/** One header of a message. */
public record Header(String name, String value) {
  /** What stands in place of a secret. */
  public static final String REDACTED = "[redacted]";

  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

  /** Whether the value must not leave this process. */
  public boolean secret() {
    return SECRET.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The same header, fit for a report. */
  public Header redacted() {
    return secret() ? new Header(name, REDACTED) : this;
  }

  @Override
  public String toString() {
    return name + ": " + redacted().value;
  }
}
