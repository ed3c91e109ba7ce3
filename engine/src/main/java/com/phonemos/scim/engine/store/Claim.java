package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.time.Duration;
import java.util.UUID;

/**
 * A due resource that this process may push until its lease ends.
 *
 * @param id the user; the group where {@code kind} is {@link DueKind#GROUP}
 * @param groupId of a membership; otherwise {@link #NO_GROUP}
 * @param priority {@link #LOSS_OF_ACCESS} first; see the table {@code due}
 * @param change true when somebody changed the resource, false when it is only to be compared
 * @param generation of the mark that is pushed; a later mark has a higher one
 * @param attempts to push this generation, this one included
 * @param age since the oldest mark that is not settled
 */
public record Claim(
    TenantId tenant,
    DueKind kind,
    UUID id,
    UUID groupId,
    int priority,
    boolean change,
    long generation,
    int attempts,
    Duration age) {
  public static final int LOSS_OF_ACCESS = 0;
  public static final UUID NO_GROUP = new UUID(0, 0);

  /**
   * Whether nobody can have begun to push this before: neither an attempt that ended without a word
   * nor one for an earlier mark.
   */
  public boolean isFirst() {
    return attempts == 1 && generation == 1;
  }

  public boolean losesAccess() {
    return priority == LOSS_OF_ACCESS;
  }
}
