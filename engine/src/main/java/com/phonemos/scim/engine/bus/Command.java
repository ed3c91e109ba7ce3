package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a client wants done in one tenant; already validated against the schema. */
public sealed interface Command {
  TenantId tenant();

  Actor actor();

  /** How many resources it is about: what it counts for in a mailbox and in a batch. */
  default int weight() {
    return 1;
  }

  /** A change of one resource. */
  sealed interface Mutation extends Command {
    ResourceKey key();

    @Override
    default TenantId tenant() {
      return key().tenant();
    }
  }

  /** {@code members} is empty for a user. */
  record Create(ResourceKey key, Actor actor, Attributes attributes, Set<UUID> members)
      implements Mutation {}

  /**
   * {@code schemas} are those it was read by; {@code members} absent: the body did not name them,
   * so they stay as they are.
   */
  record Replace(
      ResourceKey key,
      Actor actor,
      Preconditions preconditions,
      SchemaRegistry schemas,
      Attributes attributes,
      Optional<Set<UUID>> members)
      implements Mutation {}

  record Patch(
      ResourceKey key,
      Actor actor,
      Preconditions preconditions,
      com.phonemos.scim.engine.scim.patch.Patch patch)
      implements Mutation {}

  record Delete(ResourceKey key, Actor actor, Preconditions preconditions) implements Mutation {}

  /**
   * Many changes, done in this order and committed together (RFC 7644 §3.7). One that is refused
   * harms no other.
   *
   * @param failOnErrors after so many refusals the rest is not done; 0 for never
   */
  record Bulk(TenantId tenant, Actor actor, int failOnErrors, List<Step> steps) implements Command {
    public Bulk {
      steps = List.copyOf(steps);
    }

    @Override
    public int weight() {
      return Math.max(1, steps.size());
    }

    /** One operation of a bulk request. */
    public sealed interface Step {
      /**
       * To be done once those it builds upon were.
       *
       * @param needs places of earlier steps whose resource it names
       */
      record Run(Mutation mutation, Set<Integer> needs) implements Step {}

      /** Found impossible before it came here. */
      record Refused(ScimError error) implements Step {}
    }
  }
}
