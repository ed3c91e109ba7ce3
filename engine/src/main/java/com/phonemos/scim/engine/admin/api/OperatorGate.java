package com.phonemos.scim.engine.admin.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets those in who show the operator token. The comparison takes as long for every wrong token,
 * and an address that showed too many of them is not compared at all for the rest of the minute.
 *
 * <p>For use on one event loop.
 */
final class OperatorGate {
  static final int WRONG_PER_MINUTE = 10;

  private static final int REMEMBERED = 10_000;
  private static final String SCHEME = "bearer ";
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Optional<byte[]> expected;
  private final LongSupplier nanoTime;
  private final Map<String, Offence> offences =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Offence> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Offence(long since, int times) {}

  /** What becomes of a request. */
  enum Verdict {
    PASS,

    /** There is no operator token: nobody is let in. */
    CLOSED,

    /** No token, or a wrong one. */
    WRONG,

    /** Too many wrong ones from that address. */
    TOO_MANY
  }

  /**
   * A gate.
   *
   * @param token absent: it is closed
   * @param nanoTime as {@link System#nanoTime()}
   */
  OperatorGate(Optional<String> token, LongSupplier nanoTime) {
    this.expected = token.map(OperatorGate::digest);
    this.nanoTime = nanoTime;
  }

  Verdict judge(Optional<String> authorization, String address) {
    if (expected.isEmpty()) {
      return Verdict.CLOSED;
    }
    long now = nanoTime.getAsLong();
    Offence known = offences.get(address);
    Offence before = known == null || now - known.since() >= MINUTE ? new Offence(now, 0) : known;
    if (before.times() >= WRONG_PER_MINUTE) {
      return Verdict.TOO_MANY;
    }
    boolean right =
        authorization
            .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(header -> digest(header.substring(SCHEME.length()).strip()))
            .filter(shown -> MessageDigest.isEqual(shown, expected.get()))
            .isPresent();
    if (!right) {
      offences.put(address, new Offence(before.since(), before.times() + 1));
    }
    return right ? Verdict.PASS : Verdict.WRONG;
  }

  /** So that neither the length nor a common beginning can be told from the time it takes. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) { // Every Java has it.
      throw new IllegalStateException(impossible);
    }
  }
}
