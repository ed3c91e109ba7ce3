package com.phonemos.scim.idp.directory;

import java.util.Set;

/**
 * A group at one moment.
 *
 * @param id the directory's own identifier
 * @param displayName the name, unique in the directory whatever its letter case
 * @param members identifiers of the people in it, in the order in which they joined
 * @param assigned whether the application is assigned to the group
 * @param deleted whether the group is gone
 */
public record GroupState(
    String id, String displayName, Set<String> members, boolean assigned, boolean deleted) {
  /** The same under another name. */
  public GroupState named(String name) {
    return new GroupState(id, name, members, assigned, deleted);
  }

  /** Whether the application should know the group. */
  public boolean inScope() {
    return assigned && !deleted;
  }
}
