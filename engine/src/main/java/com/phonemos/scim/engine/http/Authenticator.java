package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.store.Tokens;
import com.phonemos.scim.engine.store.Tokens.Credential;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bearer token → tenant (RFC 6750). A token is looked up by its SHA-256, so no comparison of
 * secrets happens here; a well-formed token costs at most one look-up a second.
 *
 * <p>Not shared: one instance per event loop.
 */
final class Authenticator {
  /** Also how late a revocation may take effect. */
  private static final Duration CACHED = Duration.ofSeconds(1);

  private static final int CACHE_LIMIT = 10_000;

  private static final String SCHEME = "bearer ";

  private static final int WRONG_PER_MINUTE = 10;
  private static final int WRONG_AT_ONCE = 50;

  private final Tokens tokens;
  private final Clock clock;
  private final Map<ByteBuffer, Entry> cache = new HashMap<>();

  /** Per address and tenant named: a flood of junk hides no tenant's own mistake behind a proxy. */
  private final TokenBuckets<String> wrongTokens =
      new TokenBuckets<>(WRONG_PER_MINUTE, Duration.ofMinutes(1), WRONG_AT_ONCE);

  /** A look-up, under way or done. */
  private record Entry(Future<Outcome> outcome, Instant at) {}

  /** Whether a request may go on. */
  sealed interface Outcome {
    record Accepted(Credential credential) implements Outcome {}

    /**
     * The request ends here.
     *
     * @param status 400, 401 or 403
     * @param reason for a person; also the {@code error_description} of a 401
     */
    record Refused(int status, String reason) implements Outcome {}

    /** So many wrong tokens came from this address that another one is not worth an answer. */
    record TooMany(Duration delay) implements Outcome {}
  }

  private static final Outcome MISSING =
      new Outcome.Refused(401, "Expected an Authorization header with a bearer token");
  private static final Outcome TWO =
      new Outcome.Refused(400, "Expected one Authorization header, but there are several");
  private static final Outcome UNKNOWN =
      new Outcome.Refused(401, "Expected a valid bearer token, but this one is unknown or revoked");
  private static final Outcome EXPIRED =
      new Outcome.Refused(401, "Expected a valid bearer token, but this one has expired");
  private static final Outcome DISABLED =
      new Outcome.Refused(403, "Expected an active tenant, but this one is suspended");

  Authenticator(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  Future<Outcome> authenticate(HttpServerRequest request) {
    List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() > 1) {
      return Future.succeededFuture(TWO);
    }
    String header = headers.isEmpty() ? "" : headers.getFirst();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Future.succeededFuture(MISSING);
    }
    String token = header.substring(SCHEME.length()).strip();
    boolean wellFormed = BearerToken.wellFormed(token);
    String offender =
        request.remoteAddress().hostAddress() + (wellFormed ? BearerToken.tenant(token) : "");
    if (!wellFormed) {
      return Future.succeededFuture(limited(token.isEmpty() ? MISSING : UNKNOWN, offender));
    }
    return find(BearerToken.hash(token)).map(outcome -> limited(outcome, offender));
  }

  /** A good token is never refused for the wrong ones of others: that would be a way to attack. */
  private Outcome limited(Outcome outcome, String offender) {
    if (outcome instanceof Outcome.Refused refused && refused.status() == 401) {
      Duration wait = wrongTokens.take(offender, System.nanoTime());
      return wait.isZero() ? refused : new Outcome.TooMany(wait);
    }
    return outcome;
  }

  private Future<Outcome> find(byte[] hash) {
    ByteBuffer key = ByteBuffer.wrap(hash);
    Instant now = clock.instant();
    Entry cached = cache.get(key);
    if (cached != null && now.isBefore(cached.at().plus(CACHED)) && !cached.outcome().failed()) {
      return cached.outcome();
    }
    if (cache.size() >= CACHE_LIMIT) {
      cache.clear();
    }
    Future<Outcome> outcome =
        tokens.find(hash).map(found -> found.map(this::judge).orElse(UNKNOWN));
    cache.put(key, new Entry(outcome, now));
    return outcome;
  }

  private Outcome judge(Credential credential) {
    if (credential.revoked().isPresent()) {
      return UNKNOWN;
    }
    if (credential.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      return EXPIRED;
    }
    return credential.tenantActive() ? new Outcome.Accepted(credential) : DISABLED;
  }
}
