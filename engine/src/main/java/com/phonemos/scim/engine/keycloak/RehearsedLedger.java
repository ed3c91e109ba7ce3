package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant's ledger as it is, and as it would become: nothing of that is written. */
final class RehearsedLedger implements PushLedger {
  private final TenantId tenant;
  private final PushStore store;
  private final TenantPolicy.Guard limits;
  private final AccessGuard.Standing standing;
  private final Map<Linked, Optional<String>> changed = new HashMap<>();
  private final Map<String, Linked> owners = new HashMap<>();
  private final Set<PushStore.Due> repairs = new LinkedHashSet<>();
  private Map<Linked, String> stored = Map.of();
  private Optional<String> taken = Optional.empty();
  private long losses;

  RehearsedLedger(
      TenantId tenant, PushStore store, TenantPolicy.Guard limits, AccessGuard.Standing standing) {
    this.tenant = tenant;
    this.store = store;
    this.limits = limits;
    this.standing = standing;
    this.losses = standing.passed().size();
  }

  /** Reads the links of what claims are about. */
  Future<Void> read(Collection<Claim> claims) {
    return Linked.read(store, tenant, claims)
        .map(links -> {
          stored = links;
          return null;
        });
  }

  /** The account or group that was linked since this was last asked. */
  Optional<String> takeLinked() {
    Optional<String> linked = taken;
    taken = Optional.empty();
    return linked;
  }

  /** What would have to be compared since this was last asked. */
  Set<PushStore.Due> takeRepairs() {
    Set<PushStore.Due> marked = Set.copyOf(repairs);
    repairs.clear();
    return marked;
  }

  @Override
  public Optional<String> link(DueKind kind, UUID id) {
    Linked key = new Linked(kind, id);
    return changed.getOrDefault(key, Optional.ofNullable(stored.get(key)));
  }

  @Override
  public void linked(DueKind kind, UUID id, String keycloakId) {
    changed.put(new Linked(kind, id), Optional.of(keycloakId));
    owners.put(keycloakId, new Linked(kind, id));
    taken = Optional.of(keycloakId);
  }

  @Override
  public void unlinked(DueKind kind, UUID id, String keycloakId) {
    changed.put(new Linked(kind, id), Optional.empty());
    owners.remove(keycloakId);
  }

  @Override
  public Future<Map<String, UUID>> owners(DueKind kind, Set<String> keycloakIds) {
    return store
        .owners(tenant, kind, keycloakIds)
        .map(found -> {
          Map<String, UUID> now = new HashMap<>(found);
          now.values().removeIf(id -> changed.containsKey(new Linked(kind, id)));
          for (String keycloakId : keycloakIds) {
            Linked owner = owners.get(keycloakId);
            if (owner != null && owner.kind() == kind) {
              now.put(keycloakId, owner.id());
            }
          }
          return now;
        });
  }

  @Override
  public Future<Boolean> isOthers(DueKind kind, String keycloakId) {
    return store.isOthers(tenant, kind, keycloakId);
  }

  /** By the rules of {@link AccessGuard#admit}. */
  @Override
  public Future<AccessGuard.Verdict> admitLoss(Claim claim) {
    UUID user = claim.id();
    if (standing.held().contains(user)) {
      return Future.succeededFuture(AccessGuard.Verdict.HOLD);
    }
    if (standing.rejected().contains(user) && !claim.change()) {
      return Future.succeededFuture(AccessGuard.Verdict.REJECT);
    }
    if (standing.released().contains(user) || standing.passed().contains(user)) {
      return Future.succeededFuture(AccessGuard.Verdict.PASS);
    }
    boolean passes =
        losses < limits.users() || losses < limits.percent() / 100.0 * standing.linked();
    losses += passes ? 1 : 0;
    return Future.succeededFuture(passes ? AccessGuard.Verdict.PASS : AccessGuard.Verdict.HOLD);
  }

  @Override
  public Future<Boolean> isErased(UUID user) {
    return store.isErased(tenant, user);
  }

  @Override
  public Future<Void> redact(UUID user) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> isAlive(DueKind kind, UUID id) {
    return store.isAlive(tenant, kind, id);
  }

  /** What is new in Keycloak joins only what is due: its other memberships are not told of. */
  @Override
  public Future<Void> markMemberships(DueKind kind, UUID id) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> markForRepair(Collection<PushStore.Due> resources) {
    repairs.addAll(resources);
    return Future.succeededFuture();
  }
}
