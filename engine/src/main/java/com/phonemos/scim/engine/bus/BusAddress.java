package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.resource.TenantId;

/** The addresses of the local event bus. */
public final class BusAddress {
  /** Takes {@link PushDue}; nobody answers. */
  public static final String PUSH_DUE = "keycloak.push.due";

  /** Takes {@link Answered}; nobody answers. */
  public static final String ANSWERED = "request.answered";

  /** Takes {@link Recorded}; nobody answers. */
  public static final String RECORDED = "request.recorded";

  private BusAddress() {}

  /** Takes a {@link Command}, answers a {@link Reply}. */
  public static String mutation(int shard) {
    return "tenant.mutation." + shard;
  }

  /** The shard that holds a tenant's mailbox in this process. */
  public static int shardOf(TenantId tenant, int shards) {
    return Math.floorMod(tenant.hashCode(), shards);
  }
}
