package com.phonemos.scim.engine.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.patch.PatchOperation;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchNeeds;
import java.util.Collection;
import java.util.UUID;

/** What a {@link Decision} will ask for, known before anything is loaded. */
final class CommandNeeds {
  private CommandNeeds() {}

  static BatchNeeds of(Collection<Command> commands) {
    BatchNeeds needs = new BatchNeeds();
    commands.forEach(command -> collect(command, needs));
    return needs;
  }

  private static void collect(Command command, BatchNeeds needs) {
    ResourceKey key = command.key();
    switch (command) {
      case Command.Create create -> {
        name(key, create.attributes(), needs);
        create.members().forEach(member -> existence(key, member, needs));
      }
      case Command.Replace replace -> {
        needs.resource(key);
        name(key, replace.attributes(), needs);
        replace
            .members()
            .ifPresent(members -> memberChange(key, new MemberChange.Replace(members), needs));
      }
      case Command.Patch patch -> {
        needs.resource(key);
        patch.patch().operations().forEach(operation -> name(key, operation, needs));
        patch.patch().memberChanges().forEach(change -> memberChange(key, change, needs));
      }
      case Command.Delete delete -> {
        needs.resource(key);
        if (key.type() == ResourceType.USER) {
          needs.groupsOf(key);
        }
      }
    }
  }

  private static void name(ResourceKey key, Attributes attributes, BatchNeeds needs) {
    String name =
        switch (key.type()) {
          case USER -> IndexedValues.userNameKey(attributes);
          case GROUP -> IndexedValues.displayNameKey(attributes);
        };
    needs.name(key.tenant(), key.type(), name);
  }

  private static void name(ResourceKey key, PatchOperation operation, BatchNeeds needs) {
    String attribute =
        switch (key.type()) {
          case USER -> "userName";
          case GROUP -> "displayName";
        };
    if (operation.path().attribute().name().equals(attribute)) {
      operation
          .value()
          .filter(JsonNode::isTextual)
          .ifPresent(
              value -> needs.name(key.tenant(), key.type(), Folding.fold(value.textValue())));
    }
  }

  private static void memberChange(ResourceKey group, MemberChange change, BatchNeeds needs) {
    switch (change) {
      case MemberChange.Add add ->
          add.members()
              .forEach(member -> {
                existence(group, member, needs);
                needs.membership(group.tenant(), group.id(), member);
              });
      case MemberChange.Remove remove ->
          remove.members().forEach(member -> needs.membership(group.tenant(), group.id(), member));
      case MemberChange.Replace replace -> {
        needs.membersOf(group);
        replace.members().forEach(member -> existence(group, member, needs));
      }
    }
  }

  private static void existence(ResourceKey group, UUID member, BatchNeeds needs) {
    needs.existence(new ResourceKey(group.tenant(), ResourceType.USER, member));
  }
}
