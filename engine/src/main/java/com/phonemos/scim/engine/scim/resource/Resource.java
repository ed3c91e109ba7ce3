package com.phonemos.scim.engine.scim.resource;

import java.time.Instant;

/**
 * A resource at a version.
 *
 * @param memberCount direct members of a group; 0 for a user
 */
public record Resource(
    ResourceKey key,
    Attributes attributes,
    int memberCount,
    Version version,
    Instant created,
    Instant modified) {}
