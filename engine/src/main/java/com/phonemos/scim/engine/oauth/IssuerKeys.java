package com.phonemos.scim.engine.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import com.phonemos.scim.engine.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys of issuers: discovered (OpenID Connect Discovery 1.0 §4), read (RFC 7517 §5), and
 * kept, because an issuer that is away for a while takes nobody's access.
 *
 * <p>Not shared: one instance per event loop.
 */
final class IssuerKeys {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** Keys are read again after this. */
  private static final Duration FRESH = Duration.ofHours(1);

  /** Keys are used for this long when they cannot be read again. */
  private static final Duration KEPT = Duration.ofHours(24);

  /** Keys are read no more often than this, however many unknown ones are named. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final IssuerHttp http;
  private final Clock clock;
  private final Map<String, Entry> known = new HashMap<>();

  /**
   * Keys of an issuer.
   *
   * @param read the last that could be read, and when
   * @param reading under way, or done
   * @param asked when that began
   */
  private record Entry(Optional<Read> read, Future<JWKSet> reading, Instant asked) {}

  private record Read(JWKSet keys, Instant at) {}

  IssuerKeys(Vertx vertx, EgressPolicy policy, Clock clock) {
    this.http = new IssuerHttp(vertx, policy);
    this.clock = clock;
  }

  /**
   * The issuer's keys.
   *
   * @param wanted the id of a key that should be among them
   */
  Future<JWKSet> keys(String issuer, Optional<String> wanted) {
    Instant now = clock.instant();
    Entry entry = known.get(issuer);
    if (entry == null) {
      return read(issuer, Optional.empty(), now);
    }
    boolean good =
        entry
            .read()
            .filter(read -> now.isBefore(read.at().plus(FRESH)))
            .filter(read -> wanted.isEmpty() || read.keys().getKeyByKeyId(wanted.get()) != null)
            .isPresent();
    boolean justAsked = !entry.reading().isComplete() || now.isBefore(entry.asked().plus(PAUSE));
    Future<JWKSet> answer = good || justAsked ? entry.reading() : read(issuer, entry.read(), now);
    return answer.recover(cause -> kept(entry, now).orElseGet(() -> Future.failedFuture(cause)));
  }

  private static Optional<Future<JWKSet>> kept(Entry entry, Instant now) {
    return entry
        .read()
        .filter(read -> now.isBefore(read.at().plus(KEPT)))
        .map(read -> Future.succeededFuture(read.keys()));
  }

  private Future<JWKSet> read(String issuer, Optional<Read> before, Instant now) {
    Future<JWKSet> reading =
        http.get(issuer + DISCOVERY)
            .compose(document -> discovered(issuer, document))
            .compose(http::get)
            .compose(IssuerKeys::parsed);
    known.put(issuer, new Entry(before, reading, now));
    reading.onSuccess(
        keys -> known.put(issuer, new Entry(Optional.of(new Read(keys, now)), reading, now)));
    return reading;
  }

  private static Future<String> discovered(String issuer, Buffer document) {
    try {
      JsonObject metadata = document.toJsonObject();
      String keys = metadata.getString("jwks_uri", "");
      return metadata.getString("issuer", "").equals(issuer) && !keys.isEmpty()
          ? Future.succeededFuture(keys)
          : Future.failedFuture("its metadata is another issuer's, or names no keys");
    } catch (RuntimeException broken) {
      return Future.failedFuture("its metadata is no JSON object");
    }
  }

  private static Future<JWKSet> parsed(Buffer document) {
    try {
      return Future.succeededFuture(JWKSet.parse(document.toString()));
    } catch (ParseException broken) {
      return Future.failedFuture("its keys are no JWK set");
    }
  }
}
