package com.phonemos.scim.engine.scim.patch;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;

/**
 * A whole PATCH, free of dialect.
 *
 * @param schemas that its paths were read by, and the result is checked by
 * @param operations on attributes, in order
 * @param memberChanges the operations on the members of a group, in order
 */
public record Patch(
    SchemaRegistry schemas,
    ResourceType type,
    List<PatchOperation> operations,
    List<MemberChange> memberChanges) {

  public Patch {
    operations = List.copyOf(operations);
    memberChanges = List.copyOf(memberChanges);
  }

  /**
   * The resource after all operations on attributes; equal to the one before when they change
   * nothing.
   *
   * @throws ScimException 400 noTarget, mutability or invalidValue
   */
  public Attributes apply(Attributes attributes) {
    return operations.isEmpty()
        ? attributes
        : PatchApplier.apply(schemas, type, operations, attributes);
  }

  /** Whether an operation is on the attribute at a path of names, on a part of it or on a whole. */
  public boolean concerns(List<String> path) {
    for (PatchOperation operation : operations) {
      List<String> changed = operation.path().attribute().levels();
      int common = Math.min(changed.size(), path.size());
      if (changed.subList(0, common).equals(path.subList(0, common))) {
        return true;
      }
    }
    return false;
  }
}
