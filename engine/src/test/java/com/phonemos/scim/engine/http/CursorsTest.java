package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.rfc.Clause;
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
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final Position POSITION = new Position(Optional.of("änna"), new UUID(3, 4));

  private final String cursor = at(NOW).after(TENANT, "query", POSITION);

  @Test
  @Clause("rfc9865/2/3")
  void aCursorIsMadeOfUnreservedCharactersAndLeadsBackToItsPlace() {
    // When
    Start start = at(NOW.plus(TIMEOUT)).open(TENANT, "query", cursor);
    // Then
    assertThat(cursor).matches("[A-Za-z0-9._~-]+");
    assertThat(start).isEqualTo(new Start.After(POSITION));
  }

  @Test
  @Clause("rfc9865/2.1/2")
  void aCursorExpires() {
    // Given
    Cursors later = at(NOW.plus(TIMEOUT).plusSeconds(1));
    // When
    // Then
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> later.open(TENANT, "query", cursor))
        .satisfies(refused -> assertThat(refused.error().type()).hasValue(ScimType.EXPIRED_CURSOR));
  }

  private static Cursors at(Instant now) {
    return new Cursors(
        SecretBox.withKey(new byte[SecretBox.KEY_BYTES]),
        Clock.fixed(now, ZoneOffset.UTC),
        TIMEOUT);
  }
}
