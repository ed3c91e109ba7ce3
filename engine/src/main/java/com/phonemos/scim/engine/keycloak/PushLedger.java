package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What pushes know and note about one tenant, besides what is desired. */
interface PushLedger {
  /** Keycloak's id of a user or group, if it is linked. */
  Optional<String> link(DueKind kind, UUID id);

  /** Notes a link; it is durable before the claim that made it is settled. */
  void linked(DueKind kind, UUID id, String keycloakId);

  /** Forgets a link, because what it named is gone. */
  void unlinked(DueKind kind, UUID id, String keycloakId);

  /** The resources that accounts or groups of Keycloak are linked to, by Keycloak's ids. */
  Future<Map<String, UUID>> owners(DueKind kind, Set<String> keycloakIds);

  /** The resource that an account or group of Keycloak is linked to. */
  default Future<Optional<UUID>> owner(DueKind kind, String keycloakId) {
    return owners(kind, Set.of(keycloakId))
        .map(owners -> Optional.ofNullable(owners.get(keycloakId)));
  }

  /** Whether an account or group belongs to another tenant of the same realm. */
  Future<Boolean> isOthers(DueKind kind, String keycloakId);

  /**
   * Whether a user may lose access now; see {@link
   * com.phonemos.scim.engine.store.AccessGuard#admit}.
   */
  Future<AccessGuard.Verdict> admitLoss(Claim claim);

  /** Whether nothing personal of a deleted user may be left. */
  Future<Boolean> isErased(UUID user);

  /** Makes neutral what is told of a user here. */
  Future<Void> redact(UUID user);

  /** See {@link PushStore#isAlive}. */
  Future<Boolean> isAlive(DueKind kind, UUID id);

  /** Makes all memberships of a user or of a group due: it is new in Keycloak. */
  Future<Void> markMemberships(DueKind kind, UUID id);

  /** Has resources compared and repaired. */
  Future<Void> markForRepair(Collection<PushStore.Due> resources);
}
