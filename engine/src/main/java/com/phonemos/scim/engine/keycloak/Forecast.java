package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.DueKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a push would do now.
 *
 * @param changes those that need a look first
 */
public record Forecast(List<Change> changes) {
  /** What would become of a resource; what needs a look first is named first. */
  public enum Action {
    /** It would wait for a person. */
    CONFLICT,
    /** The mass-change guard would hold it. */
    HOLD,
    REMOVE,
    DISABLE,
    /** It would wait for something else, or for Keycloak. */
    WAIT,
    /** An account or group that exists would become its own, and take on what is wanted. */
    ADOPT,
    CHANGE,
    CREATE,
    LEAVE,
    JOIN,
    /** Keycloak has what is wanted. */
    NOTHING
  }

  /**
   * What would become of one resource.
   *
   * @param id the user; the group where the kind is GROUP
   * @param group of a MEMBERSHIP
   * @param name for a person; empty when the resource is gone
   * @param account Keycloak's id of what exists there
   * @param detail names of what would change, or why it would not; no values
   */
  public record Change(
      Action action,
      DueKind kind,
      UUID id,
      Optional<UUID> group,
      String name,
      Optional<String> account,
      String detail) {}

  /** How many resources of a kind would see an action; actions that none would see are absent. */
  public Map<Action, Map<DueKind, Integer>> summary() {
    Map<Action, Map<DueKind, Integer>> summary = new EnumMap<>(Action.class);
    for (Change change : changes) {
      summary
          .computeIfAbsent(change.action, none -> new EnumMap<>(DueKind.class))
          .merge(change.kind, 1, Integer::sum);
    }
    return summary;
  }
}
