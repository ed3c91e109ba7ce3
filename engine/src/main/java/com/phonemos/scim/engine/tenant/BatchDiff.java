package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchRows;
import com.phonemos.scim.engine.store.BatchRows.LockedTenant;
import com.phonemos.scim.engine.store.BatchWrites;
import com.phonemos.scim.engine.store.BatchWrites.Edge;
import com.phonemos.scim.engine.store.BatchWrites.TenantTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The difference between what was loaded and what is now: one write per row at most. */
final class BatchDiff {
  private final List<TenantTotals> tenants = new ArrayList<>();
  private final List<Resource> inserted = new ArrayList<>();
  private final List<Resource> updated = new ArrayList<>();
  private final List<ResourceKey> deleted = new ArrayList<>();
  private final List<Edge> membersAdded = new ArrayList<>();
  private final List<Edge> membersRemoved = new ArrayList<>();
  private final Set<TenantId> nested = new HashSet<>();

  private BatchDiff() {}

  static BatchWrites of(
      Collection<TenantState> states, BatchRows rows, BatchJournal journal, Instant now) {
    BatchDiff diff = new BatchDiff();
    for (TenantState state : states) {
      LockedTenant locked = rows.tenants().get(state.id());
      if (locked != null && locked.revision() < state.revision()) {
        diff.add(state);
        if (locked.nested()) {
          diff.nested.add(state.id());
        }
      }
    }
    return new BatchWrites(
        diff.tenants,
        diff.inserted,
        diff.updated,
        diff.deleted,
        diff.membersAdded,
        diff.membersRemoved,
        diff.nested,
        journal.entries(),
        List.copyOf(journal.due()),
        now);
  }

  private void add(TenantState state) {
    int users = 0;
    int groups = 0;
    for (var entry : state.rows().entrySet()) {
      int born = add(entry.getKey(), entry.getValue().loaded, entry.getValue().current);
      switch (entry.getKey().type()) {
        case USER -> users += born;
        case GROUP -> groups += born;
      }
    }
    state
        .memberships()
        .forEachChange((group, member, type, begins) -> {
          Edge edge = new Edge(state.id(), group, member, type);
          if (begins) {
            membersAdded.add(edge);
            if (type == ResourceType.GROUP) {
              nested.add(state.id());
            }
          } else if (state
              .find(new ResourceKey(state.id(), ResourceType.GROUP, group))
              .isPresent()) {
            membersRemoved.add(edge);
          }
        });
    tenants.add(new TenantTotals(state.id(), state.revision(), users, groups));
  }

  /** By how much the number of resources changed: 1, 0 or -1. */
  private int add(ResourceKey key, Optional<Resource> loaded, Optional<Resource> current) {
    if (loaded.isEmpty()) {
      current.ifPresent(inserted::add);
      return current.isPresent() ? 1 : 0;
    }
    if (current.isEmpty()) {
      deleted.add(key);
      return -1;
    }
    if (!current.get().version().equals(loaded.get().version())) {
      updated.add(current.get());
    }
    return 0;
  }
}
