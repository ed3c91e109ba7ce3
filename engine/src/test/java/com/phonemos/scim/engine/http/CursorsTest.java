package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.ListRequest.Start;
import com.phonemos.scim.engine.store.Position;
import com.phonemos.scim.engine.store.SecretBox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final TenantId TENANT = new TenantId(UUID.randomUUID());
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Position ANNA = new Position(Optional.of("\u00E4nna"), UUID.randomUUID());
  private static final Position NOBODY = new Position(Optional.empty(), UUID.randomUUID());

  @Test
  void aCursorLeadsBackToItsPosition() {
    Cursors cursors = at(NOON);

    assertThat(cursors.open(TENANT, "q", cursors.after(TENANT, "q", ANNA)))
        .isEqualTo(new Start.After(ANNA));
    assertThat(cursors.open(TENANT, "q", cursors.before(TENANT, "q", NOBODY)))
        .isEqualTo(new Start.Before(NOBODY));
  }

  @Test
  void aCursorExpires() {
    // Given
    String cursor = at(NOON).after(TENANT, "q", ANNA);
    // Then
    assertThat(at(NOON.plusSeconds(60)).open(TENANT, "q", cursor)).isNotNull();
    assertRefused(ScimType.EXPIRED_CURSOR, at(NOON.plusSeconds(61)), TENANT, "q", cursor);
  }

  @Test
  void aCursorIsOfNoUseToOthers() {
    // Given
    Cursors cursors = at(NOON);
    String cursor = cursors.after(TENANT, "q", ANNA);
    TenantId other = new TenantId(UUID.randomUUID());
    // Then
    assertRefused(ScimType.INVALID_CURSOR, cursors, other, "q", cursor);
    assertRefused(ScimType.INVALID_CURSOR, cursors, TENANT, "p", cursor);
  }

  @Test
  void whoeverChangesACursorIsRefused() {
    // Given
    Cursors cursors = at(NOON);
    String cursor = cursors.after(TENANT, "q", ANNA);
    // Then
    for (int i = 0; i < cursor.length() - 1; i++) {
      String changed =
          cursor.substring(0, i) + (cursor.charAt(i) == 'x' ? 'y' : 'x') + cursor.substring(i + 1);
      assertRefused(ScimType.INVALID_CURSOR, cursors, TENANT, "q", changed);
      assertRefused(ScimType.INVALID_CURSOR, cursors, TENANT, "q", cursor.substring(0, i));
    }
  }

  private static void assertRefused(
      ScimType type, Cursors cursors, TenantId tenant, String query, String cursor) {
    assertThatThrownBy(() -> cursors.open(tenant, query, cursor))
        .isInstanceOfSatisfying(
            ScimException.class, refusal -> assertThat(refusal.error().type()).contains(type));
  }

  private static Cursors at(Instant now) {
    return new Cursors(
        SecretBox.withKey(new byte[SecretBox.KEY_BYTES]).derive("cursor"),
        Clock.fixed(now, ZoneOffset.UTC),
        Duration.ofMinutes(1));
  }
}
