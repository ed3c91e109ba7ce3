package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What was loaded for a batch, as of the moment its tenants were locked.
 *
 * @param tenants that were locked; the others are left for the next turn
 * @param holders who holds the names asked for
 * @param unanswered the creates, as the journal has them, of those rivals whose answer nobody may
 *     have got
 * @param existing which of the ids asked for exist, and as what
 * @param members those of the pairs asked for that exist, and all of the groups and members asked
 *     for
 * @param differences how the groups asked for differ from the lists they are to have
 */
public record BatchRows(
    Map<TenantId, LockedTenant> tenants,
    List<Resource> resources,
    Map<BatchNeeds.Name, UUID> holders,
    Map<ResourceKey, String> unanswered,
    Map<BatchNeeds.MemberId, Existing> existing,
    List<Member> members,
    Map<ResourceKey, Difference> differences) {

  /**
   * A tenant whose row is locked.
   *
   * @param revision of its last committed mutation
   * @param nested whether there is, or was, a group inside a group
   */
  public record LockedTenant(long revision, TenantPolicy policy, boolean nested) {}

  /**
   * A resource that exists.
   *
   * @param display its name; blank where it was not asked for
   */
  public record Existing(ResourceType type, String display) {}

  /**
   * A membership.
   *
   * @param display name of the member; blank where it was not asked for
   */
  public record Member(
      TenantId tenant, UUID group, UUID member, ResourceType type, String display) {}

  /**
   * How a group differs from a list of members.
   *
   * @param list as it was asked for
   * @param missing of the list, which the group does not have; others of the list it has
   */
  public record Difference(Set<UUID> list, Set<UUID> missing) {}
}
