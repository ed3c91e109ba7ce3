package com.phonemos.scim.engine.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.Precondition;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceCheck;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every write rule, without I/O, so that each rule is tested with plain values.
 *
 * <p>A rejected command is thrown as a {@link ScimException}; a command that changes nothing has an
 * empty change, and costs neither a revision nor a journal entry.
 */
final class Decision {
  private final TenantView tenant;

  Decision(TenantView tenant) {
    this.tenant = tenant;
  }

  Optional<Change> decide(Command command) {
    return switch (command) { // No default: a new command must break the build here.
      case Command.Create create -> create(create);
      case Command.Replace replace -> replace(replace);
      case Command.Patch patch -> patch(patch);
      case Command.Delete delete -> Optional.of(Change.deleted(existing(delete, delete.ifMatch())));
    };
  }

  /** RFC 7644 §3.3. */
  private Optional<Change> create(Command.Create create) {
    Attributes attributes = withActive(create.key().type(), create.attributes(), true);
    requireUniqueName(create.key(), attributes);
    requireUsers(create.members());
    Resource resource =
        new Resource(
            create.key(),
            attributes,
            create.members().size(),
            tenant.nextVersion(),
            tenant.now(),
            tenant.now());
    return Optional.of(Change.created(resource, create.members()));
  }

  /** RFC 7644 §3.5.1; what grants or cuts access changes only when the body names it. */
  private Optional<Change> replace(Command.Replace replace) {
    Resource before = existing(replace, replace.ifMatch());
    Attributes after =
        withActive(replace.key().type(), replace.attributes(), before.attributes().active());
    ResourceCheck.requireImmutable(
        replace.schemas(), replace.key().type(), before.attributes(), after);
    List<MemberChange> members =
        replace.members().<MemberChange>map(MemberChange.Replace::new).stream().toList();
    return edit(before, after, members);
  }

  /** RFC 7644 §3.5.2: all operations, or none. */
  private Optional<Change> patch(Command.Patch patch) {
    Resource before = existing(patch, patch.ifMatch());
    Attributes after = patch.patch().apply(before.attributes());
    return edit(before, after, patch.patch().memberChanges());
  }

  private Optional<Change> edit(Resource before, Attributes after, List<MemberChange> changes) {
    if (!after.equals(before.attributes())) {
      requireUniqueName(before.key(), after);
    }
    MemberDelta delta = new MemberDelta(before.key().id());
    changes.forEach(delta::apply);
    requireUsers(delta.named);
    if (after.equals(before.attributes()) && delta.isEmpty()) {
      return Optional.empty();
    }
    Resource resource =
        new Resource(
            before.key(),
            after,
            before.memberCount() + delta.added.size() - delta.removed.size(),
            tenant.nextVersion(),
            before.created(),
            later(before.modified(), tenant.now()));
    return Optional.of(
        new Change(Optional.of(before), Optional.of(resource), delta.added, delta.removed));
  }

  private Resource existing(Command command, Optional<Precondition> ifMatch) {
    ResourceKey key = command.key();
    Resource resource =
        tenant
            .find(key)
            .orElseThrow(() -> new ScimException(ScimError.notFound("a " + key.type().title())));
    if (ifMatch.isPresent() && !ifMatch.get().matches(resource.version())) {
      throw new ScimException(ScimError.preconditionFailed());
    }
    return resource;
  }

  private void requireUniqueName(ResourceKey key, Attributes attributes) {
    boolean user = key.type() == ResourceType.USER;
    String name =
        user ? IndexedValues.userNameKey(attributes) : IndexedValues.displayNameKey(attributes);
    Optional<UUID> holder = tenant.holder(key.type(), name);
    if (holder.isPresent() && !holder.get().equals(key.id())) {
      throw new ScimException(ScimError.uniqueness(user ? "userName" : "displayName"));
    }
  }

  private void requireUsers(Set<UUID> members) {
    long unknown = members.stream().filter(member -> !tenant.userExists(member)).count();
    if (unknown > 0) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected members to be ids of users, but "
              + unknown
              + " of "
              + members.size()
              + " are not");
    }
  }

  /** Stored explicitly, because clients read it back and some take its absence for false. */
  private static Attributes withActive(ResourceType type, Attributes attributes, boolean active) {
    if (type != ResourceType.USER || attributes.json().has("active")) {
      return attributes;
    }
    ObjectNode tree = attributes.copy();
    tree.put("active", active);
    return Attributes.of(tree);
  }

  /** A clock that stepped back must not make {@code meta.lastModified} go back. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The net effect of member operations, applied in order. */
  private final class MemberDelta {
    private final UUID group;
    private final Set<UUID> added = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();

    /** Members that the client asked to be there, whether or not they already were. */
    private final Set<UUID> named = new HashSet<>();

    MemberDelta(UUID group) {
      this.group = group;
    }

    void apply(MemberChange change) {
      switch (change) {
        case MemberChange.Add add -> add.members().forEach(this::add);
        case MemberChange.Remove remove -> remove.members().forEach(this::remove);
        case MemberChange.Replace replace -> {
          Set<UUID> current = new HashSet<>(tenant.members(group));
          current.addAll(added);
          current.removeAll(replace.members());
          current.forEach(this::remove);
          replace.members().forEach(this::add);
        }
      }
    }

    boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }

    private void add(UUID member) {
      named.add(member);
      if (!removed.remove(member) && !tenant.isMember(group, member)) {
        added.add(member);
      }
    }

    private void remove(UUID member) {
      named.remove(member);
      if (!added.remove(member) && tenant.isMember(group, member)) {
        removed.add(member);
      }
    }
  }
}
