package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.wire.Exchange;
import com.phonemos.scim.idp.wire.ExchangeListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a job is slowed down, and when it ends [D E4]: at once for credentials or an endpoint that
 * does not comply, otherwise after many failures. A job in quarantine runs once a day and is
 * disabled after four weeks.
 *
 * <p>Failures of references, that is of members and managers, count for the absolute threshold
 * only. Whether references that succeed count as attempts is not said; here they do not [I].
 */
final class Quarantine implements ExchangeListener {
  static final Duration INTERVAL = Duration.ofDays(1);
  private static final Duration DISABLED_AFTER = Duration.ofDays(28);
  private static final long MANY = 5_000;
  private static final long TOO_MANY = 40_000;
  private static final long TOO_MANY_IN_TOTAL = 60_000;
  private static final double SHARE = 0.4;

  private record Entry(String reason, Instant since) {}

  private final InstantSource clock;
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong referenceFailures = new AtomicLong();
  private volatile Optional<Entry> entry = Optional.empty();

  Quarantine(InstantSource clock) {
    this.clock = clock;
  }

  /** Wrong credentials, and a lookup that is answered 404, lead here at once [D E1, E4]. */
  @Override
  public void exchanged(Exchange exchange) {
    int status = exchange.answer().status();
    if (status == 401 || status == 403) {
      trip("credentials invalid: " + exchange.answer().describe());
    } else if (status == 404 && exchange.request().purpose().lookUp()) {
      trip("a lookup was answered with 404");
    }
  }

  /** Starts counting for a cycle. */
  void beginCycle() {
    attempts.set(0);
    failures.set(0);
    referenceFailures.set(0);
  }

  /** A user or a group was provisioned. */
  void succeeded() {
    attempts.incrementAndGet();
  }

  /** A user or a group was not provisioned. */
  void failed() {
    long tried = attempts.incrementAndGet();
    long failed = failures.incrementAndGet();
    if (failed >= MANY && (failed > tried * SHARE || failed > TOO_MANY)) {
      trip("too many failures: " + failed + " of " + tried);
    }
    checkTotal();
  }

  /** A member or a manager was not set or taken away. */
  void referenceFailed() {
    referenceFailures.incrementAndGet();
    checkTotal();
  }

  private void checkTotal() {
    long total = failures.get() + referenceFailures.get();
    if (total > TOO_MANY_IN_TOTAL) {
      trip("too many failures: " + total + ", references included");
    }
  }

  private synchronized void trip(String reason) {
    if (entry.isEmpty()) {
      entry = Optional.of(new Entry(reason, clock.instant()));
    }
  }

  boolean tripped() {
    return entry.isPresent();
  }

  boolean disabled() {
    return entry
        .filter(since -> clock.instant().isAfter(since.since().plus(DISABLED_AFTER)))
        .isPresent();
  }

  Optional<String> reason() {
    return entry.map(Entry::reason);
  }

  void lift() {
    entry = Optional.empty();
  }
}
