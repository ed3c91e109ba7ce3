package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.entra.EntraShape.KeyOrder;
import com.phonemos.scim.idp.entra.EntraShape.Managers.FlagValue;
import com.phonemos.scim.idp.entra.EntraShape.Members.DollarRef;
import com.phonemos.scim.idp.entra.EntraShape.Members.FlagAdd;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Target;
import com.phonemos.scim.idp.wire.Urn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the bodies of PATCH requests in one of Entra's dialects. Pure. */
final class EntraPatch {
  private static final String MANAGER = Urn.ENTERPRISE + ":manager";

  private final EntraShape shape;

  EntraPatch(EntraShape shape) {
    this.shape = shape;
  }

  /**
   * A change of one attribute.
   *
   * @param path what changes
   * @param value the new value
   * @param hadValue whether the target has a value already: decides between add and replace
   */
  record Change(AttributePath path, String value, boolean hadValue) {}

  /** Changes attributes and roles of a user and, if asked, switches it on or off. */
  ObjectNode updateUser(
      List<Change> changes, Optional<ObjectNode> roles, Optional<Boolean> active) {
    ArrayNode operations = operations(changes);
    roles.ifPresent(operations::add);
    active.ifPresent(on -> operations.add(activeOperation(on)));
    // Captures of updates begin with the operations unless an attribute is added [O C1, C6; C3,
    // C4].
    boolean replacesOnly = changes.stream().allMatch(Change::hadValue);
    return message(operations, replacesOnly && !changes.isEmpty() && roles.isEmpty());
  }

  /** Changes attributes of a group [D E1] [O E11]. */
  ObjectNode updateGroup(List<Change> changes) {
    return message(operations(changes), false);
  }

  private ArrayNode operations(List<Change> changes) {
    return flag() ? flagOperations(changes) : defaultOperations(changes);
  }

  /** One operation for each attribute [D E1, E2] [O C1, C3, C4]. */
  private static ArrayNode defaultOperations(List<Change> changes) {
    ArrayNode operations = Json.array();
    for (Change change : changes) {
      operations
          .addObject()
          .put("op", change.hadValue() ? "Replace" : "Add")
          .put("path", change.path().text())
          .put("value", change.value());
    }
    return operations;
  }

  /**
   * Filtered paths stay operations of their own; all others are merged into one operation without a
   * path, whose keys are dotted or carry a URN [D E2] [O C2, C6, C9].
   */
  private static ArrayNode flagOperations(List<Change> changes) {
    ArrayNode operations = Json.array();
    for (Change change : changes) {
      if (change.path().filtered()) {
        operations
            .addObject()
            .put("op", change.hadValue() ? "replace" : "add")
            .put("path", change.path().text())
            .put("value", change.value());
      }
    }
    List<Change> plain = changes.stream().filter(change -> !change.path().filtered()).toList();
    List<Change> added = plain.stream().filter(change -> !change.hadValue()).toList();
    if (plain.size() == 1 && added.size() == 1) {
      operations
          .addObject()
          .put("op", "add")
          .put("path", added.getFirst().path().text())
          .put("value", added.getFirst().value());
      return operations;
    }
    merge(operations, "add", added);
    merge(operations, "replace", plain.stream().filter(Change::hadValue).toList());
    return operations;
  }

  private static void merge(ArrayNode operations, String op, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    ObjectNode values = operations.addObject().put("op", op).putObject("value");
    changes.forEach(change -> values.put(change.path().text(), change.value()));
  }

  /** Switches a user on or off [D E2] [O S3, C5]. */
  private JsonNode activeOperation(boolean active) {
    if (flag()) {
      return operation("replace", "active").put("value", active);
    }
    ObjectNode operation = operation("Replace", "active");
    return switch (shape.booleans()) {
      case CAPITAL_TEXT -> operation.put("value", active ? "True" : "False");
      case LOWER_TEXT -> operation.put("value", Boolean.toString(active));
      case JSON -> operation.put("value", active);
    };
  }

  /**
   * Sets a user's manager: a plain string in the default dialect [O S7, S8] [D E10] [O E11], a list
   * of references in older samples of it [D E1].
   *
   * @param location where the manager's account is
   */
  ObjectNode manager(String id, String location, boolean hadValue) {
    if (shape.older() && !flag()) {
      ObjectNode operation = operation(named(hadValue ? "Replace" : "Add"), "manager");
      operation.putArray("value").addObject().put("$ref", location).put("value", id);
      return one(operation);
    }
    ObjectNode operation = operation(named(hadValue ? "Replace" : "Add"), MANAGER);
    boolean object = flag() && shape.managers().flagValue() == FlagValue.OBJECT;
    return one(object ? withObject(operation, id) : operation.put("value", id));
  }

  /**
   * Takes a user's manager away [D E10] [O E11, S9].
   *
   * @param before the identifier of who it was
   */
  ObjectNode noManager(String before) {
    return one(
        switch (shape.managers().removal()) {
          case EMPTY_TEXT -> operation(named("Replace"), MANAGER).put("value", "");
          case EMPTY_OBJECT -> withObject(operation(named("Replace"), MANAGER), "");
          case FILTERED ->
              operation(named("Remove"), "manager[" + Target.equal("value", before) + "]");
        });
  }

  private static ObjectNode withObject(ObjectNode operation, String value) {
    operation.putObject("value").put("value", value);
    return operation;
  }

  /** An operation's name as the dialect writes it. */
  private String named(String op) {
    return flag() ? op.toLowerCase(Locale.ROOT) : op;
  }

  /** Adds members [D E1] [O C11, E11]. */
  ObjectNode addMembers(List<String> ids) {
    if (flag()) {
      String op = shape.members().flagAdd() == FlagAdd.REPLACE ? "replace" : "add";
      return one(operation(op, "members").set("value", members(ids, false)));
    }
    return one(
        operation("Add", "members")
            .set("value", members(ids, shape.members().dollarRef() != DollarRef.NEVER)));
  }

  /** Removes members: by a list of values [D E1, E2], or by a filter in the flag dialect [D E2]. */
  ObjectNode removeMembers(List<String> ids) {
    if (flag()) {
      ArrayNode operations = Json.array();
      ids.forEach(id ->
          operations
              .addObject()
              .put("op", "remove")
              .put("path", "members[" + Target.equal("value", id) + "]"));
      return message(operations, false);
    }
    return one(
        operation("Remove", "members")
            .set("value", members(ids, shape.members().dollarRef() == DollarRef.ALWAYS)));
  }

  private static ArrayNode members(List<String> ids, boolean dollarRef) {
    ArrayNode members = Json.array();
    for (String id : ids) {
      ObjectNode member = members.addObject();
      if (dollarRef) {
        member.putNull("$ref");
      }
      member.put("value", id);
    }
    return members;
  }

  private static ObjectNode operation(String op, String path) {
    return Json.object().put("op", op).put("path", path);
  }

  private ObjectNode one(JsonNode operation) {
    return message(Json.array().add(operation), false);
  }

  /**
   * The message around operations.
   *
   * @param capturedOperationsFirst whether captures of this message begin with the operations;
   *     those of an application of the gallery do [O C10]
   */
  private ObjectNode message(ArrayNode operations, boolean capturedOperationsFirst) {
    boolean operationsFirst =
        shape.keyOrder() == KeyOrder.OPERATIONS_FIRST
            || (shape.keyOrder() == KeyOrder.AS_CAPTURED
                && (capturedOperationsFirst || shape.gallery()));
    ObjectNode message = Json.object();
    if (operationsFirst) {
      message.set("Operations", operations);
    }
    message.set("schemas", Json.array(Urn.PATCH_OP));
    if (!operationsFirst) {
      message.set("Operations", operations);
    }
    return message;
  }

  private boolean flag() {
    return shape.dialect() == Dialect.FLAG;
  }
}
