package com.phonemos.scim.engine.scim.patch;

import java.util.Set;
import java.util.UUID;

/**
 * A PATCH operation on the {@code members} of a group, as a set operation: members live in a table
 * of their own and are never read to add or remove one.
 */
public sealed interface MemberChange {
  /** RFC 7644 §3.5.2.1; adding a member that is there changes nothing. */
  record Add(Set<UUID> members) implements MemberChange {}

  /** RFC 7644 §3.5.2.2; removing a member that is not there changes nothing. */
  record Remove(Set<UUID> members) implements MemberChange {}

  /** RFC 7644 §3.5.2.3; an empty set removes all. */
  record Replace(Set<UUID> members) implements MemberChange {}

  /** RFC 7644 §3.5.2.2, by a filter that does more than name members. */
  record RemoveSelected(MemberFilter filter) implements MemberChange {}

  /** RFC 7644 §3.5.2.3, with a value filter: noTarget where it selects nobody. */
  record ReplaceSelected(MemberFilter filter, Set<UUID> members) implements MemberChange {}
}
