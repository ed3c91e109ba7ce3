package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.egress.ForbiddenTargetException;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.OAuthClients.Federation;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** OAuth clients of tenants: who gets access tokens at the token endpoint. */
public final class OAuthAdministration {
  /** Enough to change one in quiet, few enough to know whose they are. */
  public static final int MOST_SECRETS = 5;

  private static final int LONGEST_CLAIM = 1_000;

  private final OAuthClients clients;
  private final TenantAdministration tenants;
  private final EgressPolicy egress;
  private final SecureRandom random = new SecureRandom();

  /**
   * A new secret of a client.
   *
   * @param secret stored nowhere, so this is the only time
   * @param expires absent: never
   */
  public record Issued(UUID client, UUID id, String secret, Optional<Instant> expires) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Issued[" + client + ", " + id + "]";
    }
  }

  OAuthAdministration(Database database, TenantAdministration tenants, EgressPolicy egress) {
    this.clients = new OAuthClients(database);
    this.tenants = tenants;
    this.egress = egress;
  }

  /** Oldest first, without their secrets. */
  public Future<List<OAuthClients.Client>> list(String slug) {
    return tenants.find(slug).compose(tenant -> clients.list(tenant.id()));
  }

  /**
   * A client with its first secret.
   *
   * @param expiresDays until the secret expires; 0 for never
   */
  public Future<Issued> create(String slug, String label, int expiresDays) {
    UUID id = UUID.randomUUID();
    return Issuance.labelled(label)
        .compose(fine -> Issuance.expiry(expiresDays))
        .compose(fine -> tenants.find(slug))
        .compose(tenant -> clients.create(tenant.id(), id, label, Optional.empty()))
        .compose(created -> addSecret(slug, id, expiresDays));
  }

  /** A client that shows assertions of its issuer instead of secrets (RFC 7523 §2.2). */
  public Future<UUID> federate(String slug, String label, Federation federation) {
    UUID id = UUID.randomUUID();
    return Issuance.labelled(label)
        .compose(fine -> checked(federation))
        .compose(fine -> tenants.find(slug))
        .compose(tenant -> clients.create(tenant.id(), id, label, Optional.of(federation)))
        .compose(created ->
            created
                ? Future.succeededFuture(id)
                : TenantAdministration.refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a new issuer, subject and audience, but a client has them"));
  }

  /**
   * One more secret; the others stay valid until they are removed.
   *
   * @param expiresDays until it expires; 0 for never
   */
  public Future<Issued> addSecret(String slug, UUID client, int expiresDays) {
    return Issuance.expiry(expiresDays)
        .compose(expires ->
            tenants
                .find(slug)
                .compose(tenant -> {
                  String secret = mint(tenant.id());
                  return clients
                      .addSecret(
                          tenant.id(), client, BearerToken.hash(secret), expires, MOST_SECRETS)
                      .compose(id ->
                          id.isPresent()
                              ? Future.succeededFuture(
                                  new Issued(client, id.get(), secret, expires))
                              : noRoom(slug, client));
                }));
  }

  private <T> Future<T> noRoom(String slug, UUID client) {
    return list(slug)
        .compose(all ->
            all.stream().noneMatch(each -> each.id().equals(client))
                ? absent(slug, client)
                : TenantAdministration.refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a client with fewer than "
                        + MOST_SECRETS
                        + " secrets that is not federated, but "
                        + client
                        + " is none"));
  }

  /** Nobody gets an access token with it any more; those that were given end by themselves. */
  public Future<Void> removeSecret(String slug, UUID client, UUID secret) {
    return tenants
        .find(slug)
        .compose(tenant -> clients.removeSecret(tenant.id(), client, secret))
        .compose(removed -> removed ? Future.succeededFuture() : absent(slug, secret));
  }

  /** Within a second nobody gets in with an access token of it, either. */
  public Future<Void> delete(String slug, UUID client) {
    return tenants
        .find(slug)
        .compose(tenant -> clients.delete(tenant.id(), client))
        .compose(deleted -> deleted ? Future.succeededFuture() : absent(slug, client));
  }

  private String mint(TenantId tenant) {
    return BearerToken.mint(tenant, random);
  }

  private Future<Void> checked(Federation federation) {
    try {
      if (!egress.url(federation.issuer()).toString().equals(federation.issuer())) {
        return TenantAdministration.invalid("an issuer without a slash at its end", "it has one");
      }
    } catch (ForbiddenTargetException forbidden) {
      return TenantAdministration.refused(
          Refusal.Kind.INVALID, String.valueOf(forbidden.getMessage()));
    }
    boolean fine =
        List.of(federation.subject(), federation.audience()).stream()
            .allMatch(claim -> !claim.isBlank() && claim.length() <= LONGEST_CLAIM);
    return fine
        ? Future.succeededFuture()
        : TenantAdministration.invalid(
            "a subject and an audience of up to " + LONGEST_CLAIM + " characters",
            "one is empty or longer");
  }

  private static <T> Future<T> absent(String slug, UUID id) {
    return TenantAdministration.refused(
        Refusal.Kind.ABSENT,
        "Expected an OAuth client or secret, but " + id + " is none of " + slug);
  }
}
