package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.DesiredStates.Membership;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftFindings.What;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.SteadyStates.Steady;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of a {@link MemoryPushStore}, as they are seen where drift is looked for. */
final class MemoryDriftStore implements DriftStore {
  private final MemoryPushStore store;
  private final List<Finding> findings = new ArrayList<>();

  MemoryDriftStore(MemoryPushStore store) {
    this.store = store;
  }

  /** Everything that was ever found. */
  List<Finding> findings() {
    return findings;
  }

  @Override
  public Future<Map<UUID, Steady>> steady(TenantId tenant, DueKind kind, Set<UUID> ids) {
    return store.answer(() -> {
      Map<UUID, Attributes> all = kind == DueKind.USER ? store.users() : store.groups();
      Map<UUID, Steady> steady = new HashMap<>();
      for (UUID id : ids) {
        boolean due =
            store.isMarked(kind == DueKind.USER ? PushStore.Due.user(id) : PushStore.Due.group(id));
        if (all.containsKey(id) && !due) {
          steady.put(id, new Steady(all.get(id), store.revision(id)));
        }
      }
      return steady;
    });
  }

  @Override
  public Future<Optional<Boolean>> isMember(TenantId tenant, Membership membership) {
    return store.answer(() -> {
      boolean due =
          store.isMarked(PushStore.Due.membership(membership.user(), membership.group()))
              || store.isMarkedAsChanged(PushStore.Due.user(membership.user()))
              || store.isMarkedAsChanged(PushStore.Due.group(membership.group()));
      return due ? Optional.empty() : Optional.of(store.memberships().contains(membership));
    });
  }

  @Override
  public Future<Set<UUID>> members(TenantId tenant, UUID group) {
    return store.answer(() ->
        store.memberships().stream()
            .filter(member -> member.group().equals(group))
            .map(Membership::user)
            .filter(user -> store.link(DueKind.USER, user).isPresent())
            .collect(Collectors.toSet()));
  }

  @Override
  public Future<Map<UUID, String>> links(TenantId tenant, DueKind kind, Set<UUID> ids) {
    return store.links(tenant, kind, ids);
  }

  @Override
  public Future<SequencedMap<UUID, String>> linkPage(
      TenantId tenant, DueKind kind, UUID after, Instant before, int limit) {
    return store.answer(() -> {
      SequencedMap<UUID, String> page = new LinkedHashMap<>();
      store.links(kind).entrySet().stream()
          .filter(link -> link.getKey().toString().compareTo(after.toString()) > 0)
          .sorted(Comparator.comparing(link -> link.getKey().toString()))
          .limit(limit)
          .forEach(link -> page.put(link.getKey(), link.getValue()));
      return page;
    });
  }

  @Override
  public Future<Map<String, UUID>> owners(TenantId tenant, DueKind kind, Set<String> keycloakIds) {
    return store.owners(tenant, kind, keycloakIds);
  }

  @Override
  public Future<Void> keep(TenantId tenant, Finding finding) {
    return store.answer(() -> {
      findings.add(finding);
      boolean givesAccess = finding.what() == What.ENABLED || finding.what() == What.JOINED;
      store.markForRepair(
          new PushStore.Due(finding.kind(), finding.id(), finding.group()), givesAccess ? 0 : 2);
      return null;
    });
  }
}
