package com.phonemos.scim.engine.scim.resource;

import java.util.UUID;

/** Identity of a tenant: one company whose identity provider writes here. */
public record TenantId(UUID value) implements Comparable<TenantId> {
  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
