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
import java.util.Set;
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
    switch (command) {
      case Command.Create create -> create(create, needs);
      case Command.Replace replace -> {
        needs.resource(replace.key());
        name(replace.key(), replace.attributes(), needs);
        replace
            .members()
            .ifPresent(
                members -> memberChange(replace.key(), new MemberChange.Replace(members), needs));
      }
      case Command.Patch patch -> {
        needs.resource(patch.key());
        patch.patch().operations().forEach(operation -> name(patch.key(), operation, needs));
        patch.patch().memberChanges().forEach(change -> memberChange(patch.key(), change, needs));
      }
      case Command.Delete delete -> {
        needs.resource(delete.key());
        needs.groupsOf(delete.key());
      }
      case Command.Bulk bulk -> {
        for (Command.Bulk.Step step : bulk.steps()) {
          if (step instanceof Command.Bulk.Step.Run run) {
            collect(run.mutation(), needs);
          }
        }
      }
    }
  }

  private static void create(Command.Create create, BatchNeeds needs) {
    ResourceKey key = create.key();
    needs.rival(key.tenant(), key.type(), nameKey(key, create.attributes()));
    String externalId = IndexedValues.externalId(create.attributes());
    if (key.type() == ResourceType.USER && externalId != null) {
      needs.rivalByExternalId(key.tenant(), externalId);
    }
    create.members().forEach(member -> needs.existence(key.tenant(), member));
  }

  private static void name(ResourceKey key, Attributes attributes, BatchNeeds needs) {
    needs.name(key.tenant(), key.type(), nameKey(key, attributes));
  }

  private static String nameKey(ResourceKey key, Attributes attributes) {
    return switch (key.type()) {
      case USER -> IndexedValues.userNameKey(attributes);
      case GROUP -> IndexedValues.displayNameKey(attributes);
    };
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
      case MemberChange.Add add -> added(group, add.members(), needs);
      case MemberChange.Remove remove ->
          remove.members().forEach(member -> needs.membership(group.tenant(), group.id(), member));
      case MemberChange.Replace replace -> needs.replacement(group, replace.members());
      case MemberChange.RemoveSelected remove -> needs.membersOf(group);
      case MemberChange.ReplaceSelected replace -> {
        needs.membersOf(group);
        added(group, replace.members(), needs);
      }
    }
  }

  private static void added(ResourceKey group, Set<UUID> members, BatchNeeds needs) {
    for (UUID member : members) {
      needs.existence(group.tenant(), member);
      needs.membership(group.tenant(), group.id(), member);
    }
  }
}
