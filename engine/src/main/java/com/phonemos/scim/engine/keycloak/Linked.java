package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A user or group that may be linked to an account or group of Keycloak. */
record Linked(DueKind kind, UUID id) {
  /** Keycloak's ids of everything that claims are about, as far as it is linked. */
  static Future<Map<Linked, String>> read(
      PushStore store, TenantId tenant, Collection<Claim> claims) {
    Set<UUID> users = new HashSet<>();
    Set<UUID> groups = new HashSet<>();
    for (Claim claim : claims) {
      switch (claim.kind()) {
        case USER -> users.add(claim.id());
        case GROUP -> groups.add(claim.id());
        case MEMBERSHIP -> {
          users.add(claim.id());
          groups.add(claim.groupId());
        }
      }
    }
    Future<Map<UUID, String>> userLinks = store.links(tenant, DueKind.USER, users);
    Future<Map<UUID, String>> groupLinks = store.links(tenant, DueKind.GROUP, groups);
    return Future.all(userLinks, groupLinks)
        .map(all -> {
          Map<Linked, String> links = new HashMap<>();
          userLinks.result().forEach((id, to) -> links.put(new Linked(DueKind.USER, id), to));
          groupLinks.result().forEach((id, to) -> links.put(new Linked(DueKind.GROUP, id), to));
          return links;
        });
  }
}
