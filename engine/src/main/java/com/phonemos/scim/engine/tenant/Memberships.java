package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchRows.Difference;
import com.phonemos.scim.engine.store.BatchRows.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The memberships of one tenant that a batch touches: what was loaded, with every change laid over
 * it.
 */
final class Memberships {
  private final Map<UUID, Map<UUID, Membership>> byGroup = new LinkedHashMap<>();

  /** Of what these lists share with their groups no membership is loaded. */
  private final Map<UUID, Difference> compared = new HashMap<>();

  /** A membership as it was loaded and as it is now. */
  private static final class Membership {
    final ResourceType type;
    final String display;
    final boolean loaded;
    boolean current;

    Membership(ResourceType type, String display, boolean loaded) {
      this.type = type;
      this.display = display;
      this.loaded = loaded;
      this.current = loaded;
    }
  }

  /** Chooses members by what is known of them. */
  interface Selection {
    boolean selects(UUID member, ResourceType type, String display);
  }

  /** Takes what differs from what was loaded. */
  interface Consumer {
    void changed(UUID group, UUID member, ResourceType type, boolean begins);
  }

  void load(Member member) {
    Map<UUID, Membership> members = of(member.group());
    Membership known = members.get(member.member());
    if (known == null || known.display.isEmpty()) { // The one that was loaded with its name stays.
      members.put(member.member(), new Membership(member.type(), member.display(), true));
    }
  }

  void load(UUID group, Difference difference) {
    compared.put(group, difference);
  }

  boolean has(UUID group, UUID member) {
    Membership membership = of(group).get(member);
    if (membership != null) {
      return membership.current;
    }
    Difference difference = compared.get(group);
    return difference != null
        && difference.list().contains(member)
        && !difference.missing().contains(member);
  }

  Optional<ResourceType> type(UUID group, UUID member) {
    return Optional.ofNullable(of(group).get(member))
        .filter(membership -> membership.current)
        .map(membership -> membership.type);
  }

  Set<UUID> members(UUID group) {
    return select(group, (member, type, display) -> true);
  }

  Set<UUID> select(UUID group, Selection selection) {
    Set<UUID> selected = new HashSet<>();
    of(group)
        .forEach((member, membership) -> {
          if (membership.current
              && selection.selects(member, membership.type, membership.display)) {
            selected.add(member);
          }
        });
    return selected;
  }

  void change(UUID group, Map<UUID, ResourceType> added, Map<UUID, ResourceType> removed) {
    Map<UUID, Membership> members = of(group);
    added.forEach((member, type) ->
        members.computeIfAbsent(member, absent -> new Membership(type, "", false)).current = true);
    removed.forEach((member, type) ->
        members.computeIfAbsent(member, absent -> new Membership(type, "", false)).current = false);
  }

  /** The group is gone. */
  void dissolve(UUID group) {
    of(group).values().forEach(membership -> membership.current = false);
  }

  /** The member is gone; tells the groups it was in. */
  List<UUID> leaveAll(UUID member) {
    List<UUID> left = new ArrayList<>();
    byGroup.forEach((group, members) -> {
      Membership membership = members.get(member);
      if (membership != null && membership.current) {
        membership.current = false;
        left.add(group);
      }
    });
    return left;
  }

  /** Tells every membership that was loaded and has ended, or was not and has begun. */
  void forEachChange(Consumer consumer) {
    byGroup.forEach((group, members) ->
        members.forEach((member, membership) -> {
          if (membership.current != membership.loaded) {
            consumer.changed(group, member, membership.type, membership.current);
          }
        }));
  }

  private Map<UUID, Membership> of(UUID group) {
    return byGroup.computeIfAbsent(group, absent -> new HashMap<>());
  }
}
