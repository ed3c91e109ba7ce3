package com.phonemos.scim.engine.scim.resource;

import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.UUID;

/** Identity of a resource: unique across tenants and types. */
public record ResourceKey(TenantId tenant, ResourceType type, UUID id) {}
