package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.TenantPolicy;
import com.phonemos.scim.engine.store.TenantPolicy.Deletion;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What becomes of the account of a user that was deleted here, as the tenant's policy says. */
final class UserDeparture {
  private final KeycloakRealm realm;
  private final PushLedger ledger;
  private final TenantPolicy policy;
  private final StepRunner steps;

  UserDeparture(KeycloakRealm realm, PushLedger ledger, TenantPolicy policy) {
    this.realm = realm;
    this.ledger = ledger;
    this.policy = policy;
    this.steps = new StepRunner(realm);
  }

  Future<PushOutcome> push(Claim claim) {
    return ledger
        .isErased(claim.id())
        .compose(erased -> push(claim, erased ? Deletion.ANONYMISE : policy.deletion()));
  }

  private Future<PushOutcome> push(Claim claim, Deletion deletion) {
    return accounts(claim.id())
        .compose(accounts -> {
          Future<PushOutcome> done = Future.succeededFuture(new PushOutcome.InSync());
          for (ObjectNode account : accounts) {
            done =
                done.compose(before ->
                    before instanceof PushOutcome.GivenUp || before instanceof PushOutcome.Held
                        ? Future.succeededFuture(before)
                        : depart(claim, account, deletion));
          }
          return done;
        })
        .compose(outcome ->
            deletion == Deletion.ANONYMISE && !(outcome instanceof PushOutcome.Held)
                ? ledger.redact(claim.id()).map(outcome)
                : Future.succeededFuture(outcome));
  }

  /**
   * By the link; by the mark when it leads nowhere: the answer to a creation may have been lost.
   */
  private Future<List<ObjectNode>> accounts(UUID user) {
    Optional<String> link = ledger.link(DueKind.USER, user);
    if (link.isEmpty()) {
      return realm.usersWithScimId(user);
    }
    return realm
        .user(link.get())
        .compose(account -> {
          if (account.isPresent()) {
            return Future.succeededFuture(account.stream().toList());
          }
          ledger.unlinked(DueKind.USER, user, link.get());
          return realm.usersWithScimId(user);
        });
  }

  private Future<PushOutcome> depart(Claim claim, ObjectNode account, Deletion deletion) {
    String id = KeycloakMapping.id(account);
    return new AccountGuard(realm, ledger)
        .refusal(claim, account, account.path("enabled").booleanValue())
        .compose(refusal ->
            refusal.isPresent()
                ? Future.succeededFuture(refusal.get())
                : managedGroups(id, deletion)
                    .compose(
                        groups -> steps.run(PushPlan.departed(claim.id(), id, deletion, groups)))
                    .onSuccess(done -> ledger.unlinked(DueKind.USER, claim.id(), id)));
  }

  /** With the account its memberships go; where it stays, it stays without them. */
  private Future<List<String>> managedGroups(String account, Deletion deletion) {
    if (deletion == Deletion.REMOVE) {
      return Future.succeededFuture(List.of());
    }
    return realm
        .groupsOf(account)
        .compose(groups -> {
          Set<String> ids = groups.stream().map(KeycloakMapping::id).collect(Collectors.toSet());
          return ledger.owners(DueKind.GROUP, ids).map(owners -> List.copyOf(owners.keySet()));
        });
  }
}
