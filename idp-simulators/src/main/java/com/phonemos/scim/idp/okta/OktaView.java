package com.phonemos.scim.idp.okta;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What Okta believes the endpoint holds. */
final class OktaView {
  /**
   * A user of the endpoint.
   *
   * @param id the endpoint's identifier
   * @param userName the user name as last sent
   * @param active whether the account was last left switched on
   */
  record KnownUser(String id, String userName, boolean active) {}

  /**
   * A pushed group.
   *
   * @param id the endpoint's identifier
   * @param displayName the name as last pushed
   * @param members the people whose membership was last pushed
   */
  record KnownGroup(String id, String displayName, Set<String> members) {}

  private final Map<String, KnownUser> users = new ConcurrentHashMap<>();
  private final Map<String, KnownGroup> groups = new ConcurrentHashMap<>();

  @Nullable KnownUser user(String personId) {
    return users.get(personId);
  }

  void know(String personId, KnownUser user) {
    users.put(personId, user);
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

  boolean pushable(String personId) {
    KnownUser user = users.get(personId);
    return user != null && user.active();
  }

  /** What there is, in words. */
  @Override
  public String toString() {
    long active = users.values().stream().filter(KnownUser::active).count();
    long memberships = groups.values().stream().mapToLong(group -> group.members().size()).sum();
    return String.format(
        Locale.ROOT,
        "%,d accounts, %,d of them active, %,d groups, %,d memberships",
        users.size(),
        active,
        groups.size(),
        memberships);
  }
}
