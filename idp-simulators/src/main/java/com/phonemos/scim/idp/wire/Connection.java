package com.phonemos.scim.idp.wire;

import java.time.Duration;

/**
 * How a client holds its connections.
 *
 * @param connections the most connections at a time, kept alive between requests
 * @param timeout how long to wait for a whole answer before the socket is closed
 * @param compression whether answers may be compressed, because the client says so in {@code
 *     Accept-Encoding}
 */
public record Connection(int connections, Duration timeout, boolean compression) {}
