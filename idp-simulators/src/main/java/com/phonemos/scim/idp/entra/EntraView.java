package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.directory.Person.AppRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What Entra believes the endpoint holds: cached ids, and what it has sent with success. */
final class EntraView {
  /**
   * A user of the endpoint.
   *
   * @param id the endpoint's identifier
   * @param userName the user name as last sent
   * @param active whether the account was last left switched on
   * @param released whether it was switched off because the application was taken away: such an
   *     account is not deleted later [D E3, known limitation]
   * @param managerId the manager's identifier in the directory, as last sent
   * @param roles the roles as last sent
   */
  record KnownUser(
      String id,
      String userName,
      boolean active,
      boolean released,
      Optional<String> managerId,
      List<AppRole> roles) {
    KnownUser named(String name) {
      return new KnownUser(id, name, active, released, managerId, roles);
    }

    KnownUser switchedOn() {
      return new KnownUser(id, userName, true, false, managerId, roles);
    }

    KnownUser switchedOff(boolean unassigned) {
      return new KnownUser(id, userName, false, unassigned, managerId, roles);
    }

    KnownUser managedBy(Optional<String> manager) {
      return new KnownUser(id, userName, active, released, manager, roles);
    }

    KnownUser holding(List<AppRole> others) {
      return new KnownUser(id, userName, active, released, managerId, others);
    }
  }

  /**
   * A group of the endpoint.
   *
   * @param id the endpoint's identifier
   * @param members the people who were added with success
   * @param skipped people in the group who were out of scope when their membership was read: not
   *     tried again before a restart [D E3, E5]
   */
  record KnownGroup(String id, Set<String> members, Set<String> skipped) {
    KnownGroup(String id) {
      this(id, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }
  }

  private final Map<String, KnownUser> users = new ConcurrentHashMap<>();
  private final Map<String, KnownGroup> groups = new ConcurrentHashMap<>();

  @Nullable KnownUser user(String personId) {
    return users.get(personId);
  }

  void know(String personId, KnownUser user) {
    users.put(personId, user);
  }

  void forgetUser(String personId) {
    users.remove(personId);
  }

  /** A deleted account's memberships are gone, and do not come back by themselves [D E3]. */
  void deleted(String personId) {
    forgetUser(personId);
    for (KnownGroup group : groups.values()) {
      if (group.members().remove(personId)) {
        group.skipped().add(personId);
      }
    }
  }

  @Nullable KnownGroup group(String groupId) {
    return groups.get(groupId);
  }

  void know(String groupId, KnownGroup group) {
    groups.put(groupId, group);
  }

  void forgetGroup(String groupId) {
    groups.remove(groupId);
  }

  long activeUsers() {
    return users.values().stream().filter(KnownUser::active).count();
  }

  int userCount() {
    return users.size();
  }

  int groupCount() {
    return groups.size();
  }

  long membershipCount() {
    return groups.values().stream().mapToLong(group -> group.members().size()).sum();
  }

  void clear() {
    users.clear();
    groups.clear();
  }
}
