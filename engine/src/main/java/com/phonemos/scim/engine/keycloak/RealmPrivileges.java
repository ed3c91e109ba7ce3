package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.KeycloakCalls.encode;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * Who has power over a realm. To see it takes the role {@code view-clients}: without it Keycloak
 * hides who holds which role of a client. For use on one event loop.
 */
final class RealmPrivileges {
  /** Holds the roles by which a realm is administered. */
  private static final String ADMIN_CLIENT = "realm-management";

  private final KeycloakCalls calls;
  private Optional<String> adminClientId = Optional.empty();

  RealmPrivileges(KeycloakCalls calls) {
    this.calls = calls;
  }

  /**
   * In a realm without {@code realm-management}, which is the one that administers all others,
   * everybody counts as an administrator.
   */
  Future<Boolean> isAdministrator(String userId) {
    return adminClient()
        .compose(client ->
            client.isEmpty()
                ? Future.succeededFuture(true)
                : calls
                    .get(
                        "/users/"
                            + encode(userId)
                            + "/role-mappings/clients/"
                            + client.get()
                            + "/composite")
                    .map(answer -> !answer.body().isEmpty()));
  }

  /** Keycloak hides roles of clients without the same role; so it is asked for the client first. */
  Future<Boolean> givesRoles(String groupId) {
    return adminClient()
        .compose(client -> calls.find("/groups/" + encode(groupId)))
        .map(group -> group.map(KeycloakMapping::hasRoles).orElse(false));
  }

  private Future<Optional<String>> adminClient() {
    if (adminClientId.isPresent()) {
      return Future.succeededFuture(adminClientId);
    }
    return calls
        .list("/clients?clientId=" + ADMIN_CLIENT)
        .map(found -> {
          adminClientId = found.stream().findFirst().map(KeycloakMapping::id);
          return adminClientId;
        })
        .recover(RealmPrivileges::explainMissingRole);
  }

  private static Future<Optional<String>> explainMissingRole(Throwable cause) {
    if (Problem.of(cause) instanceof Problem.Unavailable unavailable
        && unavailable.scope() == Problem.Scope.REALM) {
      return Future.failedFuture(
          new KeycloakException(
              new Problem.Failed(
                  "Expected to see whether this existing account or group is privileged before"
                      + " taking it over, but the service account lacks the role view-clients of"
                      + " "
                      + ADMIN_CLIENT)));
    }
    return Future.failedFuture(cause);
  }
}
