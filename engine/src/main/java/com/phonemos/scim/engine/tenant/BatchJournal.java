package com.phonemos.scim.engine.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.BatchWrites.DueMark;
import com.phonemos.scim.engine.store.BatchWrites.DueMark.Priority;
import com.phonemos.scim.engine.store.BatchWrites.JournalEntry;
import com.phonemos.scim.engine.store.DueKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the batch's changes leave behind beside the rows: journal entries and due marks. */
final class BatchJournal {
  private final List<JournalEntry> entries = new ArrayList<>();
  private final Map<DueTarget, DueMark> due = new LinkedHashMap<>();

  /** One row of the due set, whatever its priority. */
  private record DueTarget(TenantId tenant, DueKind kind, UUID id, UUID group) {}

  void add(Command.Mutation command, Change change, long revision) {
    entries.add(
        new JournalEntry(
            change.key(),
            revision,
            command.actor().token(),
            command.actor().requestId(),
            operation(command, change),
            side(change.before(), change.after(), change.membersRemoved().keySet()),
            side(change.after(), change.before(), change.membersAdded().keySet())));
    markDue(change);
  }

  List<JournalEntry> entries() {
    return entries;
  }

  Collection<DueMark> due() {
    return due.values();
  }

  /** A create that finds its user deactivated replaces it. */
  private static String operation(Command.Mutation command, Change change) {
    return change.before().isPresent() && command instanceof Command.Create
        ? "replace"
        : operation(command);
  }

  static String operation(Command command) {
    return switch (command) {
      case Command.Create create -> "create";
      case Command.Replace replace -> "replace";
      case Command.Patch patch -> "patch";
      case Command.Delete delete -> "delete";
      case Command.Bulk bulk -> "bulk";
    };
  }

  /** The attributes that differ from the other side, and the members only this side has. */
  private static Optional<String> side(
      Optional<Resource> one, Optional<Resource> other, Set<UUID> members) {
    return one.map(Resource::attributes)
        .map(attributes -> {
          if (other.isEmpty() && members.isEmpty()) {
            return attributes.toJson();
          }
          ObjectNode side =
              other
                  .map(resource -> differing(attributes.json(), resource.attributes().json()))
                  .orElseGet(attributes::copy);
          if (!members.isEmpty()) {
            ArrayNode list = side.putArray("members");
            members.forEach(member -> list.add(member.toString()));
          }
          return side.toString();
        });
  }

  /** Whether a create that was journalled so had these attributes and members. */
  static boolean isCreateOf(String after, Attributes attributes, Set<UUID> members) {
    ObjectNode create = Json.parseObject(after.getBytes(StandardCharsets.UTF_8));
    JsonNode listed = create.remove("members");
    Set<String> ids = new HashSet<>();
    if (listed != null) {
      listed.forEach(id -> ids.add(id.asText()));
    }
    return create.equals(attributes.json())
        && ids.equals(members.stream().map(UUID::toString).collect(Collectors.toSet()));
  }

  private static ObjectNode differing(ObjectNode one, ObjectNode other) {
    ObjectNode differing = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> attribute : one.properties()) {
      if (!attribute.getValue().equals(other.get(attribute.getKey()))) {
        differing.set(attribute.getKey(), attribute.getValue());
      }
    }
    return differing;
  }

  private void markDue(Change change) {
    ResourceKey key = change.key();
    TenantId tenant = key.tenant();
    boolean attributesChanged =
        !change.before().map(Resource::attributes).equals(change.after().map(Resource::attributes));
    if (key.type() == ResourceType.USER) {
      mark(DueMark.user(tenant, key.id(), userPriority(change)));
    } else if (attributesChanged) {
      Priority priority = change.after().isEmpty() ? Priority.LOSS_OF_ACCESS : Priority.GROUP;
      mark(DueMark.group(tenant, key.id(), priority));
    }
    markMembers(key, change.membersAdded(), Priority.MEMBERSHIP);
    markMembers(key, change.membersRemoved(), Priority.LOSS_OF_ACCESS);
  }

  /** Whom a group inside a group concerns only PostgreSQL can tell: it marks them itself. */
  private void markMembers(ResourceKey group, Map<UUID, ResourceType> members, Priority priority) {
    members.forEach((member, type) -> {
      if (type == ResourceType.USER) {
        mark(DueMark.membership(group.tenant(), group.id(), member, priority));
      }
    });
  }

  private static Priority userPriority(Change change) {
    boolean wasActive = change.before().map(user -> user.attributes().active()).orElse(false);
    boolean isActive = change.after().map(user -> user.attributes().active()).orElse(false);
    boolean gone = change.after().isEmpty();
    return gone || (wasActive && !isActive) ? Priority.LOSS_OF_ACCESS : Priority.USER;
  }

  /** Two marks of one row in one batch are one, as urgent as the more urgent. */
  private void mark(DueMark mark) {
    due.merge(
        new DueTarget(mark.tenant(), mark.kind(), mark.id(), mark.group()),
        mark,
        (one, other) -> one.priority().compareTo(other.priority()) <= 0 ? one : other);
  }
}
