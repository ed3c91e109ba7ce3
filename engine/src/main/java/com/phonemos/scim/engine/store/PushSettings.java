package com.phonemos.scim.engine.store;

/** Where a tenant's changes go, and by which policy. */
public record PushSettings(KeycloakTarget target, TenantPolicy policy) {}
