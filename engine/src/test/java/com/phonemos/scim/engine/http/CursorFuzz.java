package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.fuzz.Refusals;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.SecretBox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Cursors (RFC 9865): nobody can make one. */
public final class CursorFuzz {
  private static final Cursors CURSORS =
      new Cursors(
          SecretBox.withKey(new byte[SecretBox.KEY_BYTES]),
          Clock.systemUTC(),
          Duration.ofMinutes(10));

  private static final TenantId TENANT = new TenantId(new UUID(1, 1));

  private CursorFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      CURSORS.open(TENANT, "", new String(input, StandardCharsets.UTF_8));
      throw new IllegalStateException("Opened");
    } catch (ScimException refused) {
      Refusals.check(refused);
    }
  }
}
