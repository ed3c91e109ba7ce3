package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What was loaded for a batch, as of the moment its tenants were locked.
 *
 * @param revisions of the tenants that were locked; the others are left for the next turn
 * @param holders who holds the names asked for
 * @param users which of the users asked for exist
 * @param memberships which of the pairs asked for exist, and all of the groups and users asked for
 */
public record BatchRows(
    Map<TenantId, Long> revisions,
    List<Resource> resources,
    Map<BatchNeeds.Name, UUID> holders,
    Set<ResourceKey> users,
    Set<BatchNeeds.Pair> memberships) {}
