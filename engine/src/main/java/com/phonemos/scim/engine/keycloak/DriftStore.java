package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.SteadyStates.Steady;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** What finding drift needs of the database. Futures fail only when the database does. */
interface DriftStore {
  /** See {@link com.phonemos.scim.engine.store.SteadyStates#read}. */
  Future<Map<UUID, Steady>> steady(TenantId tenant, DueKind kind, Set<UUID> ids);

  /** See {@link com.phonemos.scim.engine.store.SteadyStates#isMember}. */
  Future<Optional<Boolean>> isMember(TenantId tenant, Membership membership);

  /** See {@link com.phonemos.scim.engine.store.SteadyStates#members}. */
  Future<Set<UUID>> members(TenantId tenant, UUID group);

  /** Keycloak's id by ours, for those that are linked. */
  Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids);

  /** See {@link com.phonemos.scim.engine.store.KeycloakLinks#page}. */
  Future<SequencedMap<UUID, String>> linkPage(
      TenantId tenant, DueKind kind, UUID after, Instant before, int limit);

  /** Our id by Keycloak's, for those that are linked. */
  Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds);

  /** See {@link com.phonemos.scim.engine.store.DriftFindings#keep}. */
  Future<Void> keep(TenantId tenant, Finding finding);
}
