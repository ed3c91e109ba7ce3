package com.phonemos.scim.engine.scim.resource;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The one rule by which a dateTime is read (RFC 7643 §2.3.5): an {@code xsd:dateTime} with an
 * offset, which is at most 14 hours, in the years 1 to 9999. It is as precise as PostgreSQL's
 * {@code timestamptz}: to the microsecond, rounded.
 */
public final class DateTime {
  private static final int MAX_OFFSET_SECONDS = 14 * 3600;
  private static final long HALF_A_MICROSECOND = 500;

  private DateTime() {}

  /** Empty when the text is no dateTime. */
  public static Optional<Instant> parse(String text) {
    try {
      OffsetDateTime parsed = OffsetDateTime.parse(text);
      boolean inRange =
          parsed.getYear() >= 1
              && parsed.getYear() <= 9999
              && Math.abs(parsed.getOffset().getTotalSeconds()) <= MAX_OFFSET_SECONDS;
      return inRange
          ? Optional.of(
              parsed.toInstant().plusNanos(HALF_A_MICROSECOND).truncatedTo(ChronoUnit.MICROS))
          : Optional.empty();
    } catch (DateTimeException notADateTime) {
      return Optional.empty();
    }
  }
}
