package com.phonemos.scim.engine.store;

/**
 * Where a tenant's people go.
 *
 * @param url of Keycloak, without {@code /realms} and without a slash at the end
 * @param clientId of a confidential client whose service account may manage the realm's users
 */
public record KeycloakTarget(String url, String realm, String clientId, String clientSecret) {
  /** Without the secret. */
  @Override
  public String toString() {
    return clientId + " at " + url + "/realms/" + realm;
  }
}
