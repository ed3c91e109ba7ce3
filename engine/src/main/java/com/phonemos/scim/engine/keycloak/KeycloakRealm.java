package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the push needs of a realm. Futures fail with {@link KeycloakException} only.
 *
 * <p>Representations are those of Keycloak's Admin REST API. A representation in an update is a
 * full one: what it leaves out is erased.
 */
interface KeycloakRealm {
  /** Answers the id that Keycloak gave. */
  Future<String> createUser(ObjectNode representation);

  Future<Optional<ObjectNode>> user(String id);

  /** By user name, in any case. */
  Future<Optional<ObjectNode>> userNamed(String userName);

  /** By e-mail address, in any case. */
  Future<Optional<ObjectNode>> userWithEmail(String email);

  /** A page of all users but service accounts; while others come and go, some may be skipped. */
  Future<List<ObjectNode>> users(int first, int max);

  /** By the attribute {@link KeycloakMapping#SCIM_ID}. Slow in large realms: for recovery only. */
  Future<List<ObjectNode>> usersWithScimId(UUID scimId);

  Future<Void> updateUser(String id, ObjectNode representation);

  /** Ends all sessions of a user, also offline ones, which outlive a log-out in the browser. */
  Future<Void> logOut(String id);

  /** Succeeds also when there is no such user. */
  Future<Void> deleteUser(String id);

  /** Whether a user may administer the realm, by whatever way the right was given. */
  Future<Boolean> isAdministrator(String userId);

  /** Answers the id that Keycloak gave. The group is at top level. */
  Future<String> createGroup(ObjectNode representation);

  Future<Optional<ObjectNode>> group(String id);

  /** At top level, by the exact name. */
  Future<Optional<ObjectNode>> groupNamed(String name);

  /** A page of the groups at top level; while others come and go, some may be skipped. */
  Future<List<ObjectNode>> groups(int first, int max);

  /** The groups right below a group; brief. */
  Future<List<ObjectNode>> children(String groupId);

  /** By the attribute {@link KeycloakMapping#SCIM_ID}. For recovery. */
  Future<List<ObjectNode>> groupsWithScimId(UUID scimId);

  Future<Void> updateGroup(String id, ObjectNode representation);

  /**
   * Moves a group to top level.
   *
   * @param name that it has
   */
  Future<Void> moveGroup(String id, String name);

  /** Succeeds also when there is no such group. */
  Future<Void> deleteGroup(String id);

  /** Whether being a member of a group gives roles. */
  Future<Boolean> givesRoles(String groupId);

  /** The groups that a user is a direct member of; brief. */
  Future<List<ObjectNode>> groupsOf(String userId);

  /** A page of the direct members of a group; brief. */
  Future<List<ObjectNode>> members(String groupId, int first, int max);

  /** Succeeds also when the user is a member already. */
  Future<Void> join(String userId, String groupId);

  /** Succeeds also when the user is no member, or when one of the two is gone. */
  Future<Void> leave(String userId, String groupId);
}
