package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What must be done so that Keycloak has what is wanted, in order. Empty: it has. */
final class PushPlan {
  private PushPlan() {}

  /**
   * For a user that exists here.
   *
   * @param actual the account in Keycloak; empty when there is none
   * @param changed somebody changed the user, so that the language is pushed as well
   * @param losesAccess sessions are to end even if the account is shut already: who shut it may
   *     have failed before ending them
   */
  static List<PushStep> user(
      KeycloakUser desired, Optional<ObjectNode> actual, boolean changed, boolean losesAccess) {
    if (actual.isEmpty()) {
      return List.of(new PushStep.CreateUser(desired.representation()));
    }
    ObjectNode account = actual.get();
    String id = KeycloakMapping.id(account);
    List<PushStep> steps = new ArrayList<>();
    if (!desired.differences(account, changed).isEmpty()) {
      steps.add(new PushStep.UpdateUser(id, desired.mergedInto(account, changed)));
    }
    if (!desired.enabled() && (losesAccess || account.path("enabled").booleanValue())) {
      steps.add(new PushStep.LogOut(id));
    }
    return steps;
  }

  /**
   * For a user that was deleted here. Nobody may log in again between the end of the sessions and
   * the removal, so the account is shut first.
   *
   * @param managedGroups of Keycloak, that the account is a member of and that are ours
   */
  static List<PushStep> departed(
      UUID user, String id, TenantPolicy.Deletion deletion, List<String> managedGroups) {
    List<PushStep> steps = new ArrayList<>();
    steps.add(new PushStep.DisableUser(id));
    steps.add(new PushStep.LogOut(id));
    switch (deletion) {
      case REMOVE -> steps.add(new PushStep.DeleteUser(id));
      case DISABLE -> managedGroups.forEach(group -> steps.add(new PushStep.Leave(id, group)));
      case ANONYMISE -> {
        managedGroups.forEach(group -> steps.add(new PushStep.Leave(id, group)));
        steps.add(new PushStep.UpdateUser(id, KeycloakUser.anonymous(user)));
      }
    }
    return steps;
  }

  /** For a group that exists here. */
  static List<PushStep> group(KeycloakGroup desired, Optional<ObjectNode> actual) {
    if (actual.isEmpty()) {
      return List.of(new PushStep.CreateGroup(desired.representation()));
    }
    ObjectNode group = actual.get();
    String id = KeycloakMapping.id(group);
    List<PushStep> steps = new ArrayList<>();
    if (group.hasNonNull("parentId")) {
      // Under its name of this moment; it may have been renamed, too.
      steps.add(new PushStep.MoveGroup(id, group.path("name").asText("")));
    }
    if (desired.differences(group).stream()
        .anyMatch(difference -> !difference.field().equals(KeycloakGroup.PARENT))) {
      steps.add(new PushStep.UpdateGroup(id, desired.mergedInto(group)));
    }
    return steps;
  }

  /** For a group that was deleted here. */
  static List<PushStep> removedGroup(String id) {
    return List.of(new PushStep.DeleteGroup(id));
  }

  /**
   * For a membership. It is not read before: to join twice or to leave twice does no harm.
   *
   * @param userId,groupId in Keycloak; empty when not there, so that there is nothing to leave
   */
  static List<PushStep> membership(
      boolean desired, Optional<String> userId, Optional<String> groupId) {
    if (userId.isEmpty() || groupId.isEmpty()) {
      return List.of();
    }
    return List.of(
        desired
            ? new PushStep.Join(userId.get(), groupId.get())
            : new PushStep.Leave(userId.get(), groupId.get()));
  }
}
