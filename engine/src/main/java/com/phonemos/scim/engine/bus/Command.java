package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Precondition;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a client wants done to one resource of one tenant; already validated against the schema. */
public sealed interface Command {
  ResourceKey key();

  Actor actor();

  /** {@code members} is empty for a user. */
  record Create(ResourceKey key, Actor actor, Attributes attributes, Set<UUID> members)
      implements Command {}

  /**
   * {@code schemas} are those it was read by; {@code members} absent: the body did not name them,
   * so they stay as they are.
   */
  record Replace(
      ResourceKey key,
      Actor actor,
      Optional<Precondition> ifMatch,
      SchemaRegistry schemas,
      Attributes attributes,
      Optional<Set<UUID>> members)
      implements Command {}

  record Patch(
      ResourceKey key,
      Actor actor,
      Optional<Precondition> ifMatch,
      com.phonemos.scim.engine.scim.patch.Patch patch)
      implements Command {}

  record Delete(ResourceKey key, Actor actor, Optional<Precondition> ifMatch) implements Command {}
}
