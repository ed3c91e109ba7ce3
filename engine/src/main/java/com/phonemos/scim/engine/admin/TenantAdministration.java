package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.egress.ForbiddenTargetException;
import com.phonemos.scim.engine.keycloak.TargetCheck;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Erasures;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.TenantPolicy;
import com.phonemos.scim.engine.store.TenantRemoval;
import com.phonemos.scim.engine.store.TenantSettings;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Tenants: how they come, what they are allowed, and how they go. */
public final class TenantAdministration {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Tenants tenants;
  private final TenantSettings settings;
  private final TenantRemoval removal;
  private final Erasures erasures;
  private final TargetCheck keycloak;
  private final EgressPolicy egress;

  TenantAdministration(
      Database database, Tenants tenants, TargetCheck keycloak, EgressPolicy egress) {
    this.tenants = tenants;
    this.settings = new TenantSettings(database);
    this.removal = new TenantRemoval(database);
    this.erasures = new Erasures(database);
    this.keycloak = keycloak;
    this.egress = egress;
  }

  /** By slug. */
  public Future<List<Tenants.Tenant>> all() {
    return tenants.all();
  }

  public Future<Tenants.Tenant> find(String slug) {
    return tenants
        .find(slug)
        .compose(found ->
            found
                .map(Future::succeededFuture)
                .orElseGet(() ->
                    refused(
                        Refusal.Kind.ABSENT,
                        "Expected a tenant, but there is none with slug "
                            + slug
                            + "; see phonemos-scim tenant list")));
  }

  /**
   * Creates a tenant.
   *
   * @param staged to keep its people from Keycloak until it is released
   * @param target absent: its changes are kept due
   */
  public Future<Tenants.Tenant> create(
      String slug, boolean staged, Optional<KeycloakTarget> target) {
    if (!SLUG.matcher(slug).matches()) {
      return refused(
          Refusal.Kind.INVALID,
          "Expected a slug of lower-case letters, digits and hyphens, but it is " + slug);
    }
    Tenants.State state = staged ? Tenants.State.STAGED : Tenants.State.ACTIVE;
    return allowed(target)
        .compose(checked -> tenants.create(slug, state, checked))
        .compose(created ->
            created.isPresent()
                ? find(slug)
                : refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a new slug, but there is a tenant " + slug + " already"));
  }

  /** Stages an active tenant: SCIM is served, and nothing more of it reaches Keycloak. */
  public Future<Tenants.Tenant> hold(String slug) {
    return change(
        slug,
        tenants::hold,
        "Expected an active tenant, but " + slug + " is staged already or disabled");
  }

  /** Lets a staged tenant's changes go to Keycloak. */
  public Future<Tenants.Tenant> release(String slug) {
    return change(
        slug, tenants::release, "Expected a staged tenant, but " + slug + " is not staged");
  }

  /** Refuses a tenant's tokens, within a second, and keeps what is due. */
  public Future<Tenants.Tenant> disable(String slug) {
    return change(
        slug, tenants::disable, "Expected a tenant that is served, but " + slug + " is disabled");
  }

  /** Serves a disabled tenant again; it is staged, so that nobody is surprised by what was due. */
  public Future<Tenants.Tenant> enable(String slug) {
    return change(
        slug, tenants::enable, "Expected a disabled tenant, but " + slug + " is not disabled");
  }

  /** Gives a tenant a Keycloak, or another one, or another secret. */
  public Future<Tenants.Tenant> setTarget(String slug, KeycloakTarget target) {
    return allowed(Optional.of(target))
        .compose(checked ->
            find(slug).compose(tenant -> tenants.setTarget(tenant.id(), checked.orElseThrow())))
        .compose(done -> find(slug));
  }

  /** Looks whether a tenant's Keycloak can be pushed to; changes nothing. */
  public Future<List<TargetCheck.Finding>> testTarget(String slug) {
    return find(slug)
        .compose(tenant -> keycloak.run(tenant.id()))
        .compose(steps ->
            steps.isEmpty()
                ? refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a tenant with a Keycloak, but " + slug + " has none, or is disabled")
                : Future.succeededFuture(steps));
  }

  public Future<TenantPolicy> policy(String slug) {
    return find(slug).compose(tenant -> settings.policy(tenant.id()));
  }

  /**
   * Sets what is decided and leaves the rest.
   *
   * @param decisions such as {@code dialect=strict}
   */
  public Future<TenantPolicy> decide(String slug, List<String> decisions) {
    try {
      TenantPolicy decided = TenantPolicy.of(decisions);
      return find(slug)
          .compose(tenant -> settings.decide(tenant.id(), decided))
          .compose(done -> policy(slug));
    } catch (TenantPolicy.IllegalPolicyException mistakes) {
      return refused(Refusal.Kind.INVALID, String.valueOf(mistakes.getMessage()));
    }
  }

  /** Erases everything personal of a user, who may be deleted already, here and in Keycloak. */
  public Future<Void> anonymise(String slug, UUID user) {
    return find(slug)
        .compose(tenant -> erasures.erase(tenant.id(), user))
        .compose(known ->
            known
                ? Future.succeededFuture()
                : refused(
                    Refusal.Kind.ABSENT,
                    "Expected a user of " + slug + ", but there is and was none with id " + user));
  }

  /** Writes all that is kept of a tenant; see {@link TenantRemoval#export}. */
  public Future<Void> export(TenantId tenant, WriteStream<Buffer> to) {
    return removal.export(tenant, to);
  }

  /** Deletes a disabled tenant for good. Its accounts in Keycloak stay as they are. */
  public Future<Void> delete(String slug) {
    return find(slug)
        .compose(tenant -> removal.delete(tenant.id()))
        .compose(deleted ->
            deleted
                ? Future.succeededFuture()
                : refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a disabled tenant, but "
                        + slug
                        + " is served; see phonemos-scim tenant disable"));
  }

  private Future<Tenants.Tenant> change(
      String slug, Function<TenantId, Future<Boolean>> change, String otherwise) {
    return find(slug)
        .compose(tenant -> change.apply(tenant.id()))
        .compose(done -> done ? find(slug) : refused(Refusal.Kind.CONFLICT, otherwise));
  }

  static <T> Future<T> refused(Refusal.Kind kind, String message) {
    return Future.failedFuture(new Refusal(kind, message));
  }

  static <T> Future<T> invalid(String expected, String fact) {
    return refused(Refusal.Kind.INVALID, "Expected " + expected + ", but " + fact);
  }

  /** The target as it is stored; refused when the engine would not call it. */
  private Future<Optional<KeycloakTarget>> allowed(Optional<KeycloakTarget> target) {
    try {
      return Future.succeededFuture(target.map(this::checked));
    } catch (ForbiddenTargetException forbidden) {
      return refused(
          Refusal.Kind.INVALID, "Keycloak's URL: " + String.valueOf(forbidden.getMessage()));
    } catch (Refusal empty) {
      return Future.failedFuture(empty);
    }
  }

  private KeycloakTarget checked(KeycloakTarget target) {
    if (target.realm().isBlank()
        || target.clientId().isBlank()
        || target.clientSecret().isBlank()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "Expected realm, client id and client secret of Keycloak, but one of them is empty");
    }
    return new KeycloakTarget(
        egress.url(target.url()).toString(),
        target.realm(),
        target.clientId(),
        target.clientSecret());
  }
}
