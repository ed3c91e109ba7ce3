package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Claim;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an account may be changed at all: never that of an administrator of the realm, whoever
 * linked it; and not so that it loses access, while too many others do.
 */
final class AccountGuard {
  private static final Logger LOG = LoggerFactory.getLogger(AccountGuard.class);

  private final KeycloakRealm realm;
  private final PushLedger ledger;

  AccountGuard(KeycloakRealm realm, PushLedger ledger) {
    this.realm = realm;
    this.ledger = ledger;
  }

  /** Empty: it may be changed. Otherwise what becomes of the push. */
  Future<Optional<PushOutcome>> refusal(Claim claim, ObjectNode account, boolean losesAccess) {
    return realm
        .isAdministrator(KeycloakMapping.id(account))
        .compose(administrator -> {
          if (administrator) {
            return Future.succeededFuture(Optional.of(privileged(claim, account)));
          }
          return losesAccess
              ? ledger.admitLoss(claim).map(AccountGuard::outcome)
              : Future.succeededFuture(Optional.empty());
        });
  }

  private static Optional<PushOutcome> outcome(
      com.phonemos.scim.engine.store.AccessGuard.Verdict verdict) {
    return switch (verdict) {
      case PASS -> Optional.empty();
      case HOLD -> Optional.of(new PushOutcome.Held());
      case REJECT -> Optional.of(new PushOutcome.InSync());
    };
  }

  private static PushOutcome privileged(Claim claim, ObjectNode account) {
    LOG.atWarn()
        .addKeyValue("tenant", claim.tenant())
        .addKeyValue("resource", claim.id())
        .addKeyValue("account", KeycloakMapping.id(account))
        .log("An identity provider tried to change an administrator's account");
    return new PushOutcome.GivenUp(
        "Expected an account without power over the realm, but "
            + KeycloakMapping.id(account)
            + " may administer it, so it is left alone");
  }
}
