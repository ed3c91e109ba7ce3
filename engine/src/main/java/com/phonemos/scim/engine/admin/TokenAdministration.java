package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.TokenScope;
import com.phonemos.scim.engine.store.Tokens;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tokens of identity providers. */
public final class TokenAdministration {
  /** What identity providers need to be told a new token, with room for a holiday. */
  public static final int LONGEST_OVERLAP_HOURS = 30 * 24;

  private final Tokens tokens;
  private final TenantAdministration tenants;
  private final SecureRandom random = new SecureRandom();

  /**
   * A new token.
   *
   * @param secret what the identity provider shows; stored nowhere, so this is the only time
   * @param expires absent: never
   */
  public record Issued(UUID id, String secret, Optional<Instant> expires) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Issued[" + id + "]";
    }
  }

  TokenAdministration(Database database, TenantAdministration tenants) {
    this.tokens = new Tokens(database);
    this.tenants = tenants;
  }

  /** Oldest first, without their secrets. */
  public Future<List<Tokens.Token>> list(String slug) {
    return tenants.find(slug).compose(tenant -> tokens.list(tenant.id()));
  }

  /**
   * Issues a token.
   *
   * @param scope what it opens
   * @param expiresDays until it expires; 0 for never
   */
  public Future<Issued> issue(String slug, TokenScope scope, String label, int expiresDays) {
    return Issuance.labelled(label)
        .compose(fine -> Issuance.expiry(expiresDays))
        .compose(expires ->
            tenants
                .find(slug)
                .compose(tenant -> {
                  String secret = mint(tenant.id());
                  return tokens
                      .issue(tenant.id(), scope, BearerToken.hash(secret), label, expires)
                      .map(id -> new Issued(id, secret, expires));
                }));
  }

  /**
   * Issues the successor of a token. Both are valid until the overlap is over, so that no request
   * is lost while the identity provider is told.
   *
   * @param expiresDays until the successor expires; 0 for never
   */
  public Future<Issued> rotate(String slug, UUID token, int overlapHours, int expiresDays) {
    if (overlapHours < 0 || overlapHours > LONGEST_OVERLAP_HOURS) {
      return TenantAdministration.invalid(
          "an overlap from 0 to " + LONGEST_OVERLAP_HOURS + " hours", "it is " + overlapHours);
    }
    return Issuance.expiry(expiresDays)
        .compose(expires ->
            tenants
                .find(slug)
                .compose(tenant -> {
                  String secret = mint(tenant.id());
                  Duration overlap = Duration.ofHours(overlapHours);
                  return tokens
                      .rotate(tenant.id(), token, BearerToken.hash(secret), expires, overlap)
                      .compose(id ->
                          id.isPresent()
                              ? Future.succeededFuture(new Issued(id.get(), secret, expires))
                              : absent(slug, token));
                }));
  }

  /** Within a second nobody gets in with it. */
  public Future<Void> revoke(String slug, UUID token) {
    return tenants
        .find(slug)
        .compose(tenant -> tokens.revoke(tenant.id(), token))
        .compose(revoked -> revoked ? Future.succeededFuture() : absent(slug, token));
  }

  private String mint(TenantId tenant) {
    return BearerToken.mint(tenant, random);
  }

  private static <T> Future<T> absent(String slug, UUID token) {
    return TenantAdministration.refused(
        Refusal.Kind.ABSENT, "Expected an active token, but " + token + " is none of " + slug);
  }
}
