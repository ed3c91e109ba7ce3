package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One call to Keycloak. Sealed, so that what runs steps must know every kind. */
sealed interface PushStep {
  record CreateUser(ObjectNode representation) implements PushStep {}

  record UpdateUser(String id, ObjectNode representation) implements PushStep {}

  /** Only shuts the account, whatever else may be wrong with it. */
  record DisableUser(String id) implements PushStep {}

  record LogOut(String id) implements PushStep {}

  record DeleteUser(String id) implements PushStep {}

  record CreateGroup(ObjectNode representation) implements PushStep {}

  record UpdateGroup(String id, ObjectNode representation) implements PushStep {}

  /** To top level. */
  record MoveGroup(String id, String name) implements PushStep {}

  record DeleteGroup(String id) implements PushStep {}

  record Join(String userId, String groupId) implements PushStep {}

  record Leave(String userId, String groupId) implements PushStep {}
}
