package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.SteadyStates;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** PostgreSQL, as it is seen where drift is looked for. */
record DatabaseDriftStore(SteadyStates states, KeycloakLinks keycloakLinks, DriftFindings findings)
    implements DriftStore {
  static DatabaseDriftStore of(Database database) {
    return new DatabaseDriftStore(
        new SteadyStates(database), new KeycloakLinks(database), new DriftFindings(database));
  }

  @Override
  public Future<Map<UUID, SteadyStates.Steady>> steady(
      TenantId tenant, DueKind kind, Set<UUID> ids) {
    return states.read(tenant, kind, ids);
  }

  @Override
  public Future<Optional<Boolean>> isMember(TenantId tenant, Membership membership) {
    return states.isMember(tenant, membership);
  }

  @Override
  public Future<Set<UUID>> members(TenantId tenant, UUID group) {
    return states.members(tenant, group);
  }

  @Override
  public Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids) {
    return keycloakLinks.find(tenant, kind, ids);
  }

  @Override
  public Future<SequencedMap<UUID, String>> linkPage(
      TenantId tenant, DueKind kind, UUID after, Instant before, int limit) {
    return keycloakLinks.page(tenant, kind, after, before, limit);
  }

  @Override
  public Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds) {
    return keycloakLinks.owners(tenant, kind, keycloakIds);
  }

  @Override
  public Future<Void> keep(TenantId tenant, DriftFindings.Finding finding) {
    return findings.keep(tenant, finding);
  }
}
