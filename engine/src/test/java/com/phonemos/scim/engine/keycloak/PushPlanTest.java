package com.phonemos.scim.engine.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PushPlanTest {
  private static final UUID ID = new UUID(1, 2);

  @Test
  void aNewUserTakesOneCall() {
    // When
    List<PushStep> plan = PushPlan.user(user(true), Optional.empty(), true, false);
    // Then
    assertThat(plan).containsExactly(new PushStep.CreateUser(user(true).representation()));
  }

  @Test
  void nothingIsDoneForAnAccountThatIsAsWanted() {
    // When
    List<PushStep> plan = PushPlan.user(user(true), account(true), true, false);
    // Then
    assertThat(plan).isEmpty();
  }

  @Test
  void aDeactivatedUserIsShutBeforeItsSessionsEnd() {
    // When
    List<PushStep> plan = PushPlan.user(user(false), account(true), true, true);
    // Then
    assertThat(plan).hasExactlyElementsOfTypes(PushStep.UpdateUser.class, PushStep.LogOut.class);
  }

  @Test
  void sessionsEndEvenIfTheAccountIsShutAlready() {
    // When
    List<PushStep> plan = PushPlan.user(user(false), account(false), true, true);
    // Then
    assertThat(plan).containsExactly(new PushStep.LogOut("k"));
  }

  @Test
  void aComparisonDoesNotLogOutWhoIsShutAlready() {
    // When
    List<PushStep> plan = PushPlan.user(user(false), account(false), false, false);
    // Then
    assertThat(plan).isEmpty();
  }

  @Test
  void aRemovedUserIsShutLoggedOutAndDeleted() {
    // When
    List<PushStep> plan = PushPlan.departed(ID, "k", TenantPolicy.Deletion.REMOVE, List.of());
    // Then
    assertThat(plan)
        .containsExactly(
            new PushStep.DisableUser("k"), new PushStep.LogOut("k"), new PushStep.DeleteUser("k"));
  }

  @Test
  void thereIsNothingToLeaveWithoutAGroup() {
    // When
    List<PushStep> plan = PushPlan.membership(false, Optional.of("k"), Optional.empty());
    // Then
    assertThat(plan).isEmpty();
  }

  private static KeycloakUser user(boolean enabled) {
    return new KeycloakUser(
        ID,
        "alice",
        Optional.empty(),
        Optional.of("Alice"),
        Optional.empty(),
        enabled,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<ObjectNode> account(boolean enabled) {
    return Optional.of(user(enabled).representation().put("id", "k"));
  }
}
