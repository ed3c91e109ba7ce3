package com.phonemos.scim.engine.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.scim.patch.MemberChange;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceCheck;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.TenantPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Every write rule, without I/O, so that each rule is tested with plain values.
 *
 * <p>A rejected command is thrown as a {@link ScimException}; a command that changes nothing costs
 * neither a revision nor a journal entry.
 */
final class Decision {
  private final TenantView tenant;

  Decision(TenantView tenant) {
    this.tenant = tenant;
  }

  Decided decide(Command.Mutation command) {
    return switch (command) { // No default: a new command must break the build here.
      case Command.Create create -> create(create);
      case Command.Replace replace -> replace(replace);
      case Command.Patch patch -> patch(patch);
      case Command.Delete delete ->
          Decided.of(Change.deleted(existing(delete, delete.preconditions())));
    };
  }

  /** RFC 7644 §3.3. */
  private Decided create(Command.Create create) {
    Attributes attributes = withActive(create.key().type(), create.attributes(), true);
    Optional<Resource> rival = rival(create.key().type(), attributes);
    if (rival.isPresent()) {
      return meet(rival.get(), create, attributes);
    }
    MemberDelta members = new MemberDelta(tenant, create.key().id());
    members.apply(new MemberChange.Add(create.members()));
    members.requireKnown();
    Resource resource =
        new Resource(
            create.key(),
            attributes,
            members.added().size(),
            tenant.nextVersion(),
            tenant.now(),
            tenant.now());
    return Decided.of(Change.created(resource, members.added()));
  }

  /** Who stands in the way of a new resource: of its name or, deactivated, of its external id. */
  private Optional<Resource> rival(ResourceType type, Attributes attributes) {
    Optional<Resource> byName =
        tenant
            .holder(type, nameKey(type, attributes))
            .map(id -> new ResourceKey(tenant.id(), type, id))
            .flatMap(tenant::find);
    return type == ResourceType.USER
        ? byName.or(() ->
            Optional.ofNullable(IndexedValues.externalId(attributes)).flatMap(tenant::deactivated))
        : byName;
  }

  /**
   * An identity provider that did not get the answer to its create sends it again and must get it;
   * one that assigns somebody anew may expect the user of before to be active again.
   */
  private Decided meet(Resource rival, Command.Create create, Attributes attributes) {
    if (tenant.isUnansweredCreate(rival.key(), attributes, create.members())) {
      return Decided.unchanged(rival);
    }
    boolean deactivated = rival.key().type() == ResourceType.USER && !rival.attributes().active();
    if (deactivated && tenant.policy().recreate() == TenantPolicy.Recreate.REACTIVATE) {
      return edit(rival, attributes, List.of());
    }
    ResourceType type = create.key().type();
    boolean ofName = nameKey(type, attributes).equals(nameKey(type, rival.attributes()));
    throw new ScimException(ScimError.uniqueness(ofName ? nameOf(type) : "externalId"));
  }

  /** RFC 7644 §3.5.1; what grants or cuts access changes only when the body names it. */
  private Decided replace(Command.Replace replace) {
    Resource before = existing(replace, replace.preconditions());
    Attributes after =
        withActive(replace.key().type(), replace.attributes(), before.attributes().active());
    ResourceCheck.requireImmutable(
        replace.schemas(), replace.key().type(), before.attributes(), after);
    List<MemberChange> members =
        replace.members().<MemberChange>map(MemberChange.Replace::new).stream().toList();
    return edit(before, after, members);
  }

  /** RFC 7644 §3.5.2: all operations, or none. */
  private Decided patch(Command.Patch patch) {
    Resource before = existing(patch, patch.preconditions());
    return edit(before, patch.patch().apply(before.attributes()), patch.patch().memberChanges());
  }

  private Decided edit(Resource before, Attributes after, List<MemberChange> changes) {
    if (!after.equals(before.attributes())) {
      requireUniqueName(before.key(), after);
    }
    MemberDelta members = new MemberDelta(tenant, before.key().id());
    changes.forEach(members::apply);
    members.requireKnown();
    if (after.equals(before.attributes()) && members.isEmpty()) {
      return Decided.unchanged(before);
    }
    Resource resource =
        new Resource(
            before.key(),
            after,
            before.memberCount() + members.added().size() - members.removed().size(),
            tenant.nextVersion(),
            before.created(),
            later(before.modified(), tenant.now()));
    return Decided.of(
        new Change(Optional.of(before), Optional.of(resource), members.added(), members.removed()));
  }

  private Resource existing(Command.Mutation command, Preconditions preconditions) {
    ResourceKey key = command.key();
    Resource resource =
        tenant
            .find(key)
            .orElseThrow(() -> new ScimException(ScimError.notFound("a " + key.type().title())));
    preconditions.require(resource.version());
    return resource;
  }

  private void requireUniqueName(ResourceKey key, Attributes attributes) {
    Optional<UUID> holder = tenant.holder(key.type(), nameKey(key.type(), attributes));
    if (holder.isPresent() && !holder.get().equals(key.id())) {
      throw new ScimException(ScimError.uniqueness(nameOf(key.type())));
    }
  }

  private static String nameKey(ResourceType type, Attributes attributes) {
    return switch (type) {
      case USER -> IndexedValues.userNameKey(attributes);
      case GROUP -> IndexedValues.displayNameKey(attributes);
    };
  }

  private static String nameOf(ResourceType type) {
    return switch (type) {
      case USER -> "userName";
      case GROUP -> "displayName";
    };
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
}
