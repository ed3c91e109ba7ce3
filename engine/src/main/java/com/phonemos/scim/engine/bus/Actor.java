package com.phonemos.scim.engine.bus;

import java.util.UUID;

/**
 * Who asks, for the journal.
 *
 * @param token id of the bearer token, never its secret; of an access token its client's
 * @param requestId as answered in {@code X-Request-Id}
 */
public record Actor(UUID token, String requestId) {}
