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

  private static final String NO_ASSERTION =
      "Expected a signed JWT with iss, sub and exp, but it is none";

  private static final int RSA_BITS = 2_048;
  private static final int LONGEST_JWT = 16 << 10;

  private final OAuthClients clients;
  private final IssuerKeys issuers;
  private final Clock clock;

  /** An assertion, read but not believed. */
  private record Claim(SignedJWT jwt, JWTClaimsSet claims) {}

  Assertions(OAuthClients clients, IssuerKeys issuers, Clock clock) {
    this.clients = clients;
    this.issuers = issuers;
    this.clock = clock;
  }

  /** Who shows an assertion; fails with an {@link OAuthException} when it proves nothing. */
  Future<Known> client(String assertion) {
    Claim claim = read(assertion);
    return clients
        .federated(claim.claims().getIssuer(), claim.claims().getSubject())
        .map(known -> meant(claim.claims(), known))
        .compose(client -> proven(claim, client));
  }

  private Known meant(JWTClaimsSet claims, List<Known> known) {
    if (known.isEmpty()) {
      throw new OAuthException(OAuthError.unknownClient());
    }
    Known client =
        known.stream()
            .filter(each -> claims.getAudience().contains(each.audience()))
            .findFirst()
            .orElseThrow(
                () -> refused("Expected an assertion for our audience, but it is for another"));
    outOfTime(claims)
        .ifPresent(reason -> {
          throw refused(reason);
        });
    return client;
  }

  private Future<Known> proven(Claim claim, Known client) {
    String issuer = claim.claims().getIssuer();
    return issuers
        .keys(issuer, Optional.ofNullable(claim.jwt().getHeader().getKeyID()))
        .recover(cause -> {
          LOG.atWarn()
              .addKeyValue("issuer", issuer)
              .addKeyValue("cause", cause.toString())
              .log("Keys of an issuer not read: its clients get no access tokens");
          return Future.failedFuture(
              new OAuthException(
                  OAuthError.later("Expected the issuer's keys, but they cannot be read; retry")));
        })
        .map(keys -> {
          if (!signed(claim.jwt(), keys)) {
            throw refused("Expected a signature of the issuer, but it is none");
          }
          return client;
        });
  }

  private static Claim read(String assertion) {
    if (assertion.length() <= LONGEST_JWT) {
      try {
        SignedJWT jwt = SignedJWT.parse(assertion);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        if (JWSAlgorithm.Family.SIGNATURE.contains(jwt.getHeader().getAlgorithm())
            && claims.getIssuer() != null
            && claims.getSubject() != null
            && claims.getExpirationTime() != null) {
          return new Claim(jwt, claims);
        }
      } catch (ParseException broken) {
        throw refused(NO_ASSERTION);
      }
    }
    throw refused(NO_ASSERTION);
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

  private static OAuthException refused(String description) {
    return new OAuthException(OAuthError.invalidClient(description));
  }
}
