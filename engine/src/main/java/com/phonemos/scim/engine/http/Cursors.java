package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.ListRequest.Start;
import com.phonemos.scim.engine.store.Position;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.SecretBox.SealBrokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Cursors (RFC 9865): a place in a list, sealed, so that no state is kept for them, any process
 * understands them, and a client can neither read nor make one. A cursor opens only for the tenant
 * and the query that it was made for.
 */
final class Cursors {
  private static final byte AFTER = 'a';
  private static final byte BEFORE = 'b';

  private final SecretBox box;
  private final Clock clock;
  private final Duration timeout;

  /**
   * Makes cursors.
   *
   * @param timeout how long a cursor may be used
   */
  Cursors(SecretBox box, Clock clock, Duration timeout) {
    this.box = box;
    this.clock = clock;
    this.timeout = timeout;
  }

  /** The cursor of the page that starts after a position. */
  String after(TenantId tenant, String query, Position position) {
    return seal(tenant, query, AFTER, position);
  }

  /** The cursor of the page that ends before a position. */
  String before(TenantId tenant, String query, Position position) {
    return seal(tenant, query, BEFORE, position);
  }

  private String seal(TenantId tenant, String query, byte direction, Position position) {
    byte[] key = position.key().orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] plain =
        ByteBuffer.allocate(2 + 3 * Long.BYTES + key.length)
            .put(direction)
            .putLong(clock.instant().plus(timeout).getEpochSecond())
            .putLong(position.id().getMostSignificantBits())
            .putLong(position.id().getLeastSignificantBits())
            .put((byte) (position.key().isPresent() ? 1 : 0))
            .put(key)
            .array();
    // RFC 9865 §2: of RFC 3986's unreserved characters alone.
    return Base64.getUrlEncoder().withoutPadding().encodeToString(box.seal(tenant, query, plain));
  }

  /**
   * Where the page of a cursor starts.
   *
   * @param query that it was made for
   * @throws ScimException 400 invalidCursor or expiredCursor
   */
  Start open(TenantId tenant, String query, String cursor) {
    ByteBuffer plain = ByteBuffer.wrap(unseal(tenant, query, cursor));
    byte direction = plain.get();
    Instant expires = Instant.ofEpochSecond(plain.getLong());
    if (clock.instant().isAfter(expires)) {
      throw ScimException.badRequest(
          ScimType.EXPIRED_CURSOR,
          "Expected a cursor of the last " + timeout.toSeconds() + " seconds, but it is older");
    }
    UUID id = new UUID(plain.getLong(), plain.getLong());
    boolean hasKey = plain.get() == 1;
    String key = StandardCharsets.UTF_8.decode(plain).toString();
    Position position = new Position(hasKey ? Optional.of(key) : Optional.empty(), id);
    return direction == AFTER ? new Start.After(position) : new Start.Before(position);
  }

  private byte[] unseal(TenantId tenant, String query, String cursor) {
    try {
      return box.open(tenant, query, Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException | SealBrokenException notOurs) {
      throw ScimException.badRequest(
          ScimType.INVALID_CURSOR,
          "Expected a cursor that an earlier page of this query gave, but this is none");
    }
  }
}
