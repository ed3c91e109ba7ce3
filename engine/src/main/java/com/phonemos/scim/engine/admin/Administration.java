package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.keycloak.TargetCheck;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Vertx;

/**
 * What operators can do, by whichever door they come: the command line and the HTTP API call this
 * and nothing else. Whatever cannot be done fails with a {@link Refusal}.
 */
public record Administration(
    TenantAdministration tenants,
    TokenAdministration tokens,
    PushAdministration push,
    Inquiries inquiries,
    RecordingAdministration recordings,
    OAuthAdministration oauth) {

  /**
   * What is done with this database.
   *
   * @param egress where a Keycloak, or an issuer, may be
   */
  public static Administration of(
      Vertx vertx, Database database, Tenants stored, EgressPolicy egress) {
    TenantAdministration tenants =
        new TenantAdministration(database, stored, new TargetCheck(vertx, stored, egress), egress);
    return new Administration(
        tenants,
        new TokenAdministration(database, tenants),
        new PushAdministration(database, tenants),
        new Inquiries(database, tenants),
        new RecordingAdministration(database, tenants),
        new OAuthAdministration(database, tenants, egress));
  }
}
