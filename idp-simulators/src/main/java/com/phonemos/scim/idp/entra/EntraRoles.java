package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.directory.Person.AppRole;
import com.phonemos.scim.idp.entra.EntraScope.AppRoles;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Writes application roles as the documented expressions do [D E6]. Pure. */
final class EntraRoles {
  private static final String TYPE = "WindowsAzureActiveDirectoryRole";

  private final AppRoles mapping;
  private final boolean flag;

  EntraRoles(AppRoles mapping, EntraShape shape) {
    this.mapping = mapping;
    this.flag = shape.dialect() == Dialect.FLAG;
  }

  /** Which of a person's roles are provisioned; of several it is not known which one [D E6]. */
  List<AppRole> mapped(List<AppRole> roles) {
    return switch (mapping) {
      case NONE -> List.of();
      case SINGLE -> roles.stream().limit(1).toList();
      case COMPLEX, ASSERTIVE -> roles;
    };
  }

  /** In a creation; empty where roles are not mapped [D E1]. */
  ArrayNode created(List<AppRole> roles) {
    ArrayNode created = Json.array();
    mapped(roles).forEach(role -> created.add(role(role)));
    return created;
  }

  /**
   * In an update; empty where there is nothing to say.
   *
   * @param before the roles as last sent
   */
  Optional<ObjectNode> change(List<AppRole> before, List<AppRole> roles) {
    List<AppRole> wanted = mapped(roles);
    if (wanted.isEmpty() || wanted.equals(before)) {
      return Optional.empty();
    }
    return switch (mapping) {
      case NONE -> Optional.empty();
      case SINGLE ->
          Optional.of(flag ? primary(wanted.getFirst(), !before.isEmpty()) : documents(wanted));
      case COMPLEX ->
          new HashSet<>(before).containsAll(wanted)
              ? Optional.empty()
              : Optional.of(flag ? whole("add", wanted) : documents(wanted));
      case ASSERTIVE -> Optional.of(whole("replace", wanted));
    };
  }

  private ObjectNode role(AppRole role) {
    ObjectNode written = Json.object().put("primary", mapping == AppRoles.SINGLE).put("type", TYPE);
    return switch (mapping) {
      case NONE, SINGLE -> written.put("value", role.value());
      case COMPLEX -> written.put("displayName", role.displayName()).put("value", role.value());
      case ASSERTIVE -> written.put("display", role.displayName()).put("value", role.value());
    };
  }

  private static ObjectNode primary(AppRole role, boolean hadValue) {
    return Json.object()
        .put("op", hadValue ? "replace" : "add")
        .put("path", "roles[primary eq \"True\"].value")
        .put("value", role.value());
  }

  /** Documents in strings. */
  private static ObjectNode documents(List<AppRole> roles) {
    ObjectNode operation = Json.object().put("op", "Add").put("path", "roles");
    ArrayNode values = operation.putArray("value");
    for (AppRole role : roles) {
      ObjectNode document =
          Json.object()
              .put("id", role.id())
              .put("value", role.value())
              .put("displayName", role.displayName());
      values.addObject().put("value", document.toString());
    }
    return operation;
  }

  private ObjectNode whole(String op, List<AppRole> roles) {
    ObjectNode operation = Json.object().put("op", op).put("path", "roles");
    operation.set("value", created(roles));
    return operation;
  }
}
