package com.phonemos.scim.engine.admin;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What holds for everything that is issued to an identity provider: its label and its end. */
final class Issuance {
  /** Ten years: what is meant to last longer is meant never to end. */
  private static final int LONGEST_DAYS = 3_650;

  private static final int LONGEST_LABEL = 200;
  private static final Clock CLOCK = Clock.systemUTC();

  private Issuance() {}

  /** Fails with a {@link Refusal} when the label is too long. */
  static Future<Void> labelled(String label) {
    return label.length() <= LONGEST_LABEL
        ? Future.succeededFuture()
        : TenantAdministration.invalid(
            "a label of at most " + LONGEST_LABEL + " characters", "it has " + label.length());
  }

  /** When it ends; empty for 0 days, which is never. Fails with a {@link Refusal} otherwise. */
  static Future<Optional<Instant>> expiry(int days) {
    if (days < 0 || days > LONGEST_DAYS) {
      return TenantAdministration.invalid(
          "an expiry from 0 to " + LONGEST_DAYS + " days", "it is " + days);
    }
    return Future.succeededFuture(
        days == 0 ? Optional.empty() : Optional.of(CLOCK.instant().plus(Duration.ofDays(days))));
  }
}
