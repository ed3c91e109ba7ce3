package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.buffer.Buffer;

/**
 * The realm of Keycloak that a tenant's users and groups are pushed to.
 *
 * @param url base address, without a slash at its end
 * @param clientId of the client whose service account pushes
 * @param sealedSecret of that client, encrypted
 */
public record KeycloakTarget(
    TenantId tenant, String url, String realm, String clientId, Buffer sealedSecret) {
  public KeycloakTarget {
    url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return url + "/realms/" + realm;
  }
}
