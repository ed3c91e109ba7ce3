package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakLinks;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's ledger in the database. Links are read once for all claims of a batch; those that
 * pushes make in between are remembered, the latest ones only.
 */
final class TenantLedger {
  private static final Logger LOG = LoggerFactory.getLogger(TenantLedger.class);
  private static final int REMEMBERED = 1_000;

  private final TenantId tenant;
  private final TenantPolicy policy;
  private final PushStore store;
  private final Settler settler;
  private final PushRecorder recorder;

  /** Empty: what was linked is gone. */
  private final Map<Linked, Optional<String>> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Linked, Optional<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  TenantLedger(
      TenantId tenant,
      TenantPolicy policy,
      PushStore store,
      Settler settler,
      PushRecorder recorder) {
    this.tenant = tenant;
    this.policy = policy;
    this.store = store;
    this.settler = settler;
    this.recorder = recorder;
  }

  /** The ledger for pushes of these claims, with the links as they are now. */
  Future<PushLedger> open(Collection<Claim> claims) {
    return Linked.read(store, tenant, claims).map(BatchLedger::new);
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
      remember(kind, id, Optional.of(keycloakId));
      settler.linked(new KeycloakLinks.Link(tenant, kind, id, keycloakId));
    }

    @Override
    public void unlinked(DueKind kind, UUID id, String keycloakId) {
      remember(kind, id, Optional.empty());
      settler.unlinked(new KeycloakLinks.Link(tenant, kind, id, keycloakId));
    }

    /** As the latest one, whatever was remembered before. */
    private void remember(DueKind kind, UUID id, Optional<String> keycloakId) {
      Linked key = new Linked(kind, id);
      recent.remove(key);
      recent.put(key, keycloakId);
    }

    @Override
    public Future<Map<String, UUID>> owners(DueKind kind, Set<String> keycloakIds) {
      return store.owners(tenant, kind, keycloakIds);
    }

    @Override
    public Future<Boolean> isOthers(DueKind kind, String keycloakId) {
      return store.isOthers(tenant, kind, keycloakId);
    }

    @Override
    public Future<AccessGuard.Verdict> admitLoss(Claim claim) {
      return store
          .admitLoss(tenant, claim.id(), policy.guard(), claim.change())
          .map(admission -> {
            if (admission.trips()) {
              LOG.atWarn()
                  .addKeyValue("tenant", tenant)
                  .log("So many users lose access that the guard holds the others");
              recorder.guardTripped();
            }
            return admission.verdict();
          });
    }

    @Override
    public Future<Boolean> isErased(UUID user) {
      return store.isErased(tenant, user);
    }

    @Override
    public Future<Void> redact(UUID user) {
      return store.redact(tenant, user);
    }

    @Override
    public Future<Boolean> isAlive(DueKind kind, UUID id) {
      return store.isAlive(tenant, kind, id);
    }

    @Override
    public Future<Void> markMemberships(DueKind kind, UUID id) {
      return store.markMemberships(tenant, kind, id);
    }

    @Override
    public Future<Void> markForRepair(Collection<PushStore.Due> resources) {
      return store.markForRepair(tenant, resources);
    }
  }
}
