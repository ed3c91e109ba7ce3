package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import java.util.List;

/** Does the steps of a plan, one after the other, until one fails. */
final class StepRunner {
  private final KeycloakRealm realm;

  StepRunner(KeycloakRealm realm) {
    this.realm = realm;
  }

  /** Answers what the plan came to. */
  Future<PushOutcome> run(List<PushStep> steps) {
    Future<Void> done = Future.succeededFuture();
    for (PushStep step : steps) {
      done = done.compose(before -> run(step));
    }
    return done.map(all -> steps.isEmpty() ? new PushOutcome.InSync() : new PushOutcome.Pushed());
  }

  private Future<Void> run(PushStep step) {
    return switch (step) {
      case PushStep.CreateUser create -> realm.createUser(create.representation()).mapEmpty();
      case PushStep.UpdateUser update -> realm.updateUser(update.id(), update.representation());
      case PushStep.DisableUser disable -> shut(disable.id());
      case PushStep.LogOut logOut -> realm.logOut(logOut.id()).recover(StepRunner::ignoreAbsence);
      case PushStep.DeleteUser delete -> realm.deleteUser(delete.id());
      case PushStep.CreateGroup create -> realm.createGroup(create.representation()).mapEmpty();
      case PushStep.UpdateGroup update -> realm.updateGroup(update.id(), update.representation());
      case PushStep.MoveGroup move -> realm.moveGroup(move.id(), move.name());
      case PushStep.DeleteGroup delete -> realm.deleteGroup(delete.id());
      case PushStep.Join join -> realm.join(join.userId(), join.groupId());
      case PushStep.Leave leave -> realm.leave(leave.userId(), leave.groupId());
    };
  }

  /** An account whose stored data Keycloak no longer accepts cannot be shut, but be removed. */
  private Future<Void> shut(String id) {
    return realm
        .updateUser(id, KeycloakUser.shut())
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Rejected
                ? Future.succeededFuture()
                : ignoreAbsence(cause));
  }

  private static Future<Void> ignoreAbsence(Throwable cause) {
    return Problem.of(cause) instanceof Problem.NotFound
        ? Future.succeededFuture()
        : Future.failedFuture(cause);
  }
}
