package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.patch.MemberFilter;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The net effect of member operations on one group, applied in order. */
final class MemberDelta {
  private final TenantView tenant;
  private final UUID group;
  private final Map<UUID, ResourceType> added = new LinkedHashMap<>();
  private final Map<UUID, ResourceType> removed = new LinkedHashMap<>();

  /** Added by an operation, and not taken back by a later one, though there is none of this id. */
  private final Set<UUID> unknown = new HashSet<>();

  MemberDelta(TenantView tenant, UUID group) {
    this.tenant = tenant;
    this.group = group;
  }

  /**
   * Takes the next operation into account.
   *
   * @throws ScimException 400 noTarget for a replacement that selects nobody
   */
  void apply(MemberChange change) {
    switch (change) {
      case MemberChange.Add add -> add.members().forEach(this::add);
      case MemberChange.Remove remove -> remove.members().forEach(this::remove);
      case MemberChange.Replace replace -> {
        unknown.clear();
        current().stream().filter(one -> !replace.members().contains(one)).forEach(this::remove);
        replace.members().forEach(this::add);
      }
      case MemberChange.RemoveSelected remove -> selected(remove.filter()).forEach(this::remove);
      case MemberChange.ReplaceSelected replace -> {
        Set<UUID> selected = selected(replace.filter());
        if (selected.isEmpty()) {
          throw ScimException.badRequest(
              ScimType.NO_TARGET,
              "Expected the value filter of path to select members, but it selects none");
        }
        selected.forEach(this::remove);
        replace.members().forEach(this::add);
      }
    }
  }

  /**
   * Checks that whoever is a member from now on exists.
   *
   * @throws ScimException 400 invalidValue
   */
  void requireKnown() {
    if (!unknown.isEmpty()) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected members to be ids of users or groups, but " + unknown.size() + " are not");
    }
    if (added.containsKey(group)) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected other members than the group, but it is one itself");
    }
  }

  Map<UUID, ResourceType> added() {
    return added;
  }

  Map<UUID, ResourceType> removed() {
    return removed;
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  private List<UUID> current() {
    List<UUID> current = new ArrayList<>(tenant.members(group));
    current.removeAll(removed.keySet());
    current.addAll(added.keySet());
    return current;
  }

  private Set<UUID> selected(MemberFilter filter) {
    Set<UUID> selected = new HashSet<>(tenant.select(group, filter));
    selected.removeAll(removed.keySet());
    added.forEach((member, type) -> {
      if (tenant.selects(filter, member, type)) {
        selected.add(member);
      }
    });
    return selected;
  }

  private void add(UUID member) {
    if (removed.remove(member) != null || tenant.isMember(group, member)) {
      return;
    }
    Optional<ResourceType> type = tenant.memberType(member);
    if (type.isPresent()) {
      added.put(member, type.get());
    } else {
      unknown.add(member);
    }
  }

  private void remove(UUID member) {
    unknown.remove(member);
    if (added.remove(member) == null) {
      tenant.membership(group, member).ifPresent(type -> removed.put(member, type));
    }
  }
}
