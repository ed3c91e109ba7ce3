package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.resource.TenantId;

/** A hint that resources of a tenant became due. Losing it costs one poll interval, never data. */
public record PushDue(TenantId tenant) {}
