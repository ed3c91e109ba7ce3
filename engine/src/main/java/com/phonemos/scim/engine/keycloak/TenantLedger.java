package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DesiredStates;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.Outbox;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant's ledger in the database. Links are read once for all claims of a batch; those that
 * pushes make in between are remembered, the latest ones only.
 */
final class TenantLedger {
  private static final int REMEMBERED = 1_000;

  private final TenantId tenant;
  private final Outbox outbox;
  private final KeycloakLinks links;
  private final DesiredStates desired;
  private final Settler settler;

  /** Empty: what was linked is gone. */
  private final Map<Linked, Optional<String>> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Linked, Optional<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  TenantLedger(
      TenantId tenant, Outbox outbox, KeycloakLinks links, DesiredStates desired, Settler settler) {
    this.tenant = tenant;
    this.outbox = outbox;
    this.links = links;
    this.desired = desired;
    this.settler = settler;
  }

  private record Linked(DueKind kind, UUID id) {}

  /** The ledger for pushes of these claims, with the links as they are now. */
  Future<PushLedger> open(Collection<Claim> claims) {
    Set<UUID> users = new HashSet<>();
    Set<UUID> groups = new HashSet<>();
    for (Claim claim : claims) {
      switch (claim.kind()) {
        case USER -> users.add(claim.id());
        case GROUP -> groups.add(claim.id());
        case MEMBERSHIP -> {
          users.add(claim.id());
          groups.add(claim.groupId());
        }
      }
    }
    Future<Map<UUID, String>> userLinks = links.find(tenant, DueKind.USER, users);
    Future<Map<UUID, String>> groupLinks = links.find(tenant, DueKind.GROUP, groups);
    return Future.all(userLinks, groupLinks)
        .map(all -> {
          Map<Linked, String> stored = new HashMap<>();
          userLinks.result().forEach((id, to) -> stored.put(new Linked(DueKind.USER, id), to));
          groupLinks.result().forEach((id, to) -> stored.put(new Linked(DueKind.GROUP, id), to));
          recent.keySet().removeAll(stored.keySet());
          return new BatchLedger(stored);
        });
  }

  private final class BatchLedger implements PushLedger {
    private final Map<Linked, String> stored;

    BatchLedger(Map<Linked, String> stored) {
      this.stored = stored;
    }

    @Override
    public Optional<String> link(DueKind kind, UUID id) {
      Linked key = new Linked(kind, id);
      return recent.getOrDefault(key, Optional.ofNullable(stored.get(key)));
    }

    @Override
    public void linked(DueKind kind, UUID id, String keycloakId) {
      recent.put(new Linked(kind, id), Optional.of(keycloakId));
      settler.linked(new KeycloakLinks.Link(tenant, kind, id, keycloakId));
    }

    @Override
    public void unlinked(DueKind kind, UUID id, String keycloakId) {
      recent.put(new Linked(kind, id), Optional.empty());
      settler.unlinked(new KeycloakLinks.Link(tenant, kind, id, keycloakId));
    }

    @Override
    public Future<Optional<UUID>> owner(DueKind kind, String keycloakId) {
      return links.owner(tenant, kind, keycloakId);
    }

    @Override
    public Future<Boolean> exists(DueKind kind, UUID id) {
      return kind == DueKind.USER
          ? desired.userExists(tenant, id)
          : desired.groupExists(tenant, id);
    }

    @Override
    public Future<Void> markMemberships(DueKind kind, UUID id) {
      return kind == DueKind.USER
          ? outbox.markMembershipsOfUser(tenant, id)
          : outbox.markMembershipsOfGroup(tenant, id);
    }

    @Override
    public Future<Void> markForRepair(DueKind kind, UUID id) {
      return outbox.markForRepair(tenant, kind, id);
    }
  }
}
