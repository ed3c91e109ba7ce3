package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates.Desired;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks.Link;
import com.phonemos.scim.engine.store.Outbox.Settled;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Settlement;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the push needs of the database. Futures fail only when the database does. */
interface PushStore {
  /** See {@link com.phonemos.scim.engine.store.Outbox#dueTenants}. */
  Future<List<TenantId>> dueTenants();

  /** Empty when nothing of the tenant is to be pushed. */
  Future<Optional<PushSettings>> settings(TenantId tenant);

  /** See {@link com.phonemos.scim.engine.store.Outbox#claim}. */
  Future<List<Claim>> claim(TenantId tenant, int lowestPriority, int limit, Duration lease);

  /** See {@link com.phonemos.scim.engine.store.Outbox#settle}. */
  Future<Settled> settle(List<Settlement> settlements);

  /** See {@link com.phonemos.scim.engine.store.DesiredStates#read}. */
  Future<Desired> desired(TenantId tenant, Collection<Claim> claims);

  /**
   * Whether a user or group exists here, or its removal has yet to reach Keycloak: then what it has
   * there is still its own, and becomes free by itself.
   */
  Future<Boolean> isAlive(TenantId tenant, DueKind kind, UUID id);

  /** Keycloak's id by ours, for those that are linked. */
  Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids);

  /** Our id by Keycloak's, for those that are linked. */
  Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds);

  /** Whether another tenant is linked to an account or group of Keycloak. */
  Future<Boolean> isOthers(TenantId tenant, DueKind kind, String keycloakId);

  /** See {@link com.phonemos.scim.engine.store.KeycloakLinks#store}. */
  Future<Void> storeLinks(Collection<Link> links);

  /** See {@link com.phonemos.scim.engine.store.KeycloakLinks#remove}. */
  Future<Void> removeLinks(Collection<Link> links);

  /** See {@link AccessGuard#admit}. */
  Future<AccessGuard.Admission> admitLoss(
      TenantId tenant, UUID user, TenantPolicy.Guard limits, boolean change);

  /** Whether nothing personal of a deleted user may be left, whatever the policy says. */
  Future<Boolean> isErased(TenantId tenant, UUID user);

  /** Makes what the journal and the findings say of a user neutral. */
  Future<Void> redact(TenantId tenant, UUID user);

  /** Makes all memberships of a user or of a group due. */
  Future<Void> markMemberships(TenantId tenant, DueKind kind, UUID id);

  /** Has users, groups and memberships compared and repaired, unless they are due already. */
  Future<Void> markForRepair(TenantId tenant, Collection<Due> resources);

  /**
   * What may have to be repaired.
   *
   * @param group of a membership; otherwise {@link Claim#NO_GROUP}
   */
  record Due(DueKind kind, UUID id, UUID group) {
    static Due user(UUID id) {
      return new Due(DueKind.USER, id, Claim.NO_GROUP);
    }

    static Due group(UUID id) {
      return new Due(DueKind.GROUP, id, Claim.NO_GROUP);
    }

    static Due membership(UUID user, UUID group) {
      return new Due(DueKind.MEMBERSHIP, user, group);
    }
  }
}
