package com.phonemos.scim.engine.fuzz;

import com.phonemos.scim.engine.scim.protocol.ScimException;

/** What holds for every refusal, whatever was refused. */
public final class Refusals {
  private Refusals() {}

  /** The client's fault, and said so. */
  public static void check(ScimException refused) {
    int status = refused.error().status();
    if (status < 400 || status >= 500 || !refused.error().detail().startsWith("Expected ")) {
      throw new IllegalStateException("Refused with " + refused.error());
    }
  }
}
