package com.phonemos.scim.idp.directory;

import java.time.Instant;
import java.util.Optional;

/**
 * A person together with where they stand in the directory.
 *
 * @param person who it is
 * @param assigned whether the application is assigned to the person
 * @param enabled whether the person may sign in to the directory at all
 * @param deletedAt since when the person is in the recycle bin
 * @param purged whether the person is gone for good
 */
public record PersonState(
    Person person, boolean assigned, boolean enabled, Optional<Instant> deletedAt, boolean purged) {
  /** Whether the person should have an active account in the application. */
  public boolean inScope() {
    return assigned && enabled && deletedAt.isEmpty() && !purged;
  }
}
