package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is in the groups of a {@link RehearsedRealm}; those of a group are read when it is met. */
final class RehearsedMembers {
  private static final int PAGE = 500;

  private final KeycloakRealm actual;
  private final Map<String, Set<String>> members = new HashMap<>();

  RehearsedMembers(KeycloakRealm actual) {
    this.actual = actual;
  }

  /** Ids of the members as they are now; may be changed. */
  Future<Set<String>> of(String groupId) {
    Set<String> known = members.get(groupId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Set<String> ids = new LinkedHashSet<>();
    Future<Set<String>> read =
        RehearsedRealm.isNew(groupId) ? Future.succeededFuture(ids) : read(groupId, 0, ids);
    return read.onSuccess(whole -> members.put(groupId, whole));
  }

  /** Members with nothing but their ids. */
  Future<List<ObjectNode>> page(String groupId, int first, int max) {
    return of(groupId)
        .map(ids ->
            ids.stream()
                .skip(first)
                .limit(max)
                .map(id -> JsonNodeFactory.instance.objectNode().put("id", id))
                .toList());
  }

  /** The group is gone. */
  void clear(String groupId) {
    members.put(groupId, new LinkedHashSet<>());
  }

  private Future<Set<String>> read(String groupId, int first, Set<String> ids) {
    return actual
        .members(groupId, first, PAGE)
        .compose(page -> {
          page.forEach(member -> ids.add(KeycloakMapping.id(member)));
          return page.size() < PAGE
              ? Future.succeededFuture(ids)
              : read(groupId, first + PAGE, ids);
        });
  }
}
