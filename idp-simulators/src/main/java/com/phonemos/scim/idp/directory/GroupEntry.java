package com.phonemos.scim.idp.directory;

import java.util.LinkedHashSet;
import java.util.Set;

/** A group in a directory, and what can happen to it. Every verb returns this entry. */
public final class GroupEntry {
  private final Directory directory;
  private final String id;
  private final Set<String> members;
  private String displayName;
  private boolean assigned = true;
  private boolean deleted;

  GroupEntry(Directory directory, String id, String displayName, Set<String> members) {
    this.directory = directory;
    this.id = id;
    this.displayName = displayName;
    this.members = new LinkedHashSet<>(members);
  }

  /** The group at this moment. */
  public GroupState state() {
    return directory.read(
        () -> new GroupState(id, displayName, new LinkedHashSet<>(members), assigned, deleted));
  }

  /** The directory's identifier of the group. */
  public String id() {
    return id;
  }

  /** Gives the group another name. */
  public GroupEntry rename(String name) {
    return change(() -> displayName = name);
  }

  /** Adds a person. */
  public GroupEntry add(String personId) {
    return change(() -> members.add(personId));
  }

  /** Removes a person. */
  public GroupEntry remove(String personId) {
    return change(() -> members.remove(personId));
  }

  /** Gives the group the application. */
  public GroupEntry assign() {
    return change(() -> assigned = true);
  }

  /** Takes the application away from the group. */
  public GroupEntry unassign() {
    return change(() -> assigned = false);
  }

  /** Deletes the group. */
  public GroupEntry delete() {
    return change(() -> deleted = true);
  }

  private GroupEntry change(Runnable step) {
    directory.change(id, step);
    return this;
  }
}
