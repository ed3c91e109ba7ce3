package com.phonemos.scim.engine.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.OAuthClients.Known;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges assertions of clients (RFC 7523 §3). Only the keys of an issuer that an operator named are
 * ever asked for: nobody can make this process call an address of theirs.
 */
final class Assertions {
  private static final Logger LOG = LoggerFactory.getLogger(Assertions.class);

  /** For clocks that differ. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** Entra's are valid for an hour. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final int RSA_BITS = 2_048;
  private static final int LONGEST_JWT = 16 << 10;

  private final OAuthClients clients;
  private final IssuerKeys issuers;
  private final Clock clock;

  /** What is thought of an assertion. */
  sealed interface Verdict {
    record Proven(Known client) implements Verdict {}

    record Refused(OAuthError error) implements Verdict {}
  }

  /** An assertion, read but not believed. */
  private record Claim(SignedJWT jwt, JWTClaimsSet claims) {}

  Assertions(OAuthClients clients, IssuerKeys issuers, Clock clock) {
    this.clients = clients;
    this.issuers = issuers;
    this.clock = clock;
  }

  Future<Verdict> judge(String assertion) {
    Optional<Claim> read = read(assertion);
    if (read.isEmpty()) {
      return refused("Expected a signed JWT with iss, sub, aud and exp, but it is none");
    }
    Claim claim = read.get();
    return clients
        .federated(claim.claims().getIssuer(), claim.claims().getSubject())
        .compose(known -> known.isEmpty() ? unknown() : judge(claim, known));
  }

  private Future<Verdict> judge(Claim claim, List<Known> known) {
    Optional<Known> client =
        known.stream()
            .filter(each -> claim.claims().getAudience().contains(each.audience()))
            .findFirst();
    if (client.isEmpty()) {
      return refused("Expected an assertion for our audience, but it is for another");
    }
    Optional<String> outOfTime = outOfTime(claim.claims());
    if (outOfTime.isPresent()) {
      return refused(outOfTime.get());
    }
    String issuer = claim.claims().getIssuer();
    return issuers
        .keys(issuer, Optional.ofNullable(claim.jwt().getHeader().getKeyID()))
        .<Verdict>map(keys ->
            signed(claim.jwt(), keys)
                ? new Verdict.Proven(client.get())
                : new Verdict.Refused(
                    OAuthError.invalidClient("Expected a signature of the issuer, but it is none")))
        .recover(cause -> {
          LOG.atWarn()
              .addKeyValue("issuer", issuer)
              .addKeyValue("cause", cause.toString())
              .log("Keys of an issuer not read: its clients get no access tokens");
          return Future.succeededFuture(
              new Verdict.Refused(
                  OAuthError.later("Expected the issuer's keys, but they cannot be read; retry")));
        });
  }

  private static Optional<Claim> read(String assertion) {
    if (assertion.length() > LONGEST_JWT) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(assertion);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      boolean whole =
          JWSAlgorithm.Family.SIGNATURE.contains(jwt.getHeader().getAlgorithm())
              && claims.getIssuer() != null
              && claims.getSubject() != null
              && !claims.getAudience().isEmpty()
              && claims.getExpirationTime() != null;
      return whole ? Optional.of(new Claim(jwt, claims)) : Optional.empty();
    } catch (ParseException broken) {
      return Optional.empty();
    }
  }

  private Optional<String> outOfTime(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Instant expires = claims.getExpirationTime().toInstant();
    if (!now.isBefore(expires.plus(SKEW))) {
      return Optional.of("Expected a valid assertion, but it has expired");
    }
    if (expires.isAfter(now.plus(LONGEST))) {
      return Optional.of("Expected an assertion of a day at most, but it is valid for longer");
    }
    boolean early =
        Optional.ofNullable(claims.getNotBeforeTime())
            .map(Date::toInstant)
            .filter(begins -> now.plus(SKEW).isBefore(begins))
            .isPresent();
    return early
        ? Optional.of("Expected a valid assertion, but it is not valid yet")
        : Optional.empty();
  }

  private static boolean signed(SignedJWT jwt, JWKSet keys) {
    JWSHeader header = jwt.getHeader();
    return new JWKSelector(JWKMatcher.forJWSHeader(header))
        .select(keys).stream().anyMatch(key -> signed(jwt, header, key));
  }

  private static boolean signed(SignedJWT jwt, JWSHeader header, JWK key) {
    boolean weak = key instanceof RSAKey rsa && rsa.size() < RSA_BITS;
    if (weak || !(key instanceof AsymmetricJWK asymmetric)) {
      return false;
    }
    try {
      return jwt.verify(
          new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey()));
    } catch (JOSEException unfit) {
      return false;
    }
  }

  private static Future<Verdict> unknown() {
    return Future.succeededFuture(new Verdict.Refused(OAuthError.unknownClient()));
  }

  private static Future<Verdict> refused(String description) {
    return Future.succeededFuture(new Verdict.Refused(OAuthError.invalidClient(description)));
  }
}
