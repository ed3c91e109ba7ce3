package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DesiredStates;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.Erasures;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.Outbox;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Settlement;
import com.phonemos.scim.engine.store.TenantPolicy;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The push's view of PostgreSQL. */
record DatabasePushStore(
    Tenants tenants,
    Outbox outbox,
    KeycloakLinks keycloakLinks,
    DesiredStates desiredStates,
    AccessGuard guard,
    Erasures erasures)
    implements PushStore {
  private static final Logger LOG = LoggerFactory.getLogger(DatabasePushStore.class);

  static DatabasePushStore of(Database database, Tenants tenants) {
    return new DatabasePushStore(
        tenants,
        new Outbox(database),
        new KeycloakLinks(database),
        new DesiredStates(database),
        new AccessGuard(database),
        new Erasures(database));
  }

  @Override
  public Future<List<TenantId>> dueTenants() {
    return outbox.dueTenants();
  }

  @Override
  public Future<Optional<PushSettings>> settings(TenantId tenant) {
    return tenants.pushSettings(tenant).recover(cause -> unusable(tenant, cause));
  }

  @Override
  public Future<List<Claim>> claim(TenantId tenant, int lowestPriority, int limit, Duration lease) {
    return outbox.claim(tenant, lowestPriority, limit, lease);
  }

  @Override
  public Future<Outbox.Settled> settle(List<Settlement> settlements) {
    return outbox.settle(settlements);
  }

  @Override
  public Future<DesiredStates.Desired> desired(TenantId tenant, Collection<Claim> claims) {
    return desiredStates.read(tenant, claims);
  }

  @Override
  public Future<Boolean> isAlive(TenantId tenant, DueKind kind, UUID id) {
    return desiredStates.isAlive(tenant, kind, id);
  }

  @Override
  public Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids) {
    return keycloakLinks.find(tenant, kind, ids);
  }

  @Override
  public Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds) {
    return keycloakLinks.owners(tenant, kind, keycloakIds);
  }

  @Override
  public Future<Void> storeLinks(Collection<KeycloakLinks.Link> links) {
    return keycloakLinks.store(links);
  }

  @Override
  public Future<Void> removeLinks(Collection<KeycloakLinks.Link> links) {
    return keycloakLinks.remove(links);
  }

  @Override
  public Future<Boolean> isOthers(TenantId tenant, DueKind kind, String keycloakId) {
    return keycloakLinks.isOthers(tenant, kind, keycloakId);
  }

  @Override
  public Future<AccessGuard.Admission> admitLoss(
      TenantId tenant, UUID user, TenantPolicy.Guard limits, boolean change) {
    return guard.admit(tenant, user, limits, change);
  }

  @Override
  public Future<Boolean> isErased(TenantId tenant, UUID user) {
    return erasures.contains(tenant, user);
  }

  @Override
  public Future<Void> redact(TenantId tenant, UUID user) {
    return erasures.redact(tenant, user);
  }

  @Override
  public Future<Void> markMemberships(TenantId tenant, DueKind kind, UUID id) {
    return kind == DueKind.USER
        ? outbox.markMembershipsOfUser(tenant, id)
        : outbox.markMembershipsOfGroup(tenant, id);
  }

  @Override
  public Future<Void> markForRepair(TenantId tenant, Collection<Due> resources) {
    return outbox.markForRepair(
        tenant,
        resources.stream()
            .map(due -> new Outbox.Key(tenant.value(), due.kind().name(), due.id(), due.group()))
            .toList());
  }

  private static Future<Optional<PushSettings>> unusable(TenantId tenant, Throwable cause) {
    if (cause instanceof SecretBox.SealBrokenException) {
      LOG.atError()
          .addKeyValue("tenant", tenant)
          .addKeyValue("cause", cause.getMessage())
          .log("A tenant cannot be pushed");
      return Future.succeededFuture(Optional.empty());
    }
    return Future.failedFuture(cause);
  }
}
