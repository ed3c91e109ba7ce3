package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Brings one group to what is wanted, without its members, whatever state it is found in. */
final class GroupPush {
  private final KeycloakRealm realm;
  private final PushLedger ledger;
  private final StepRunner steps;
  private final Takeover takeover;

  GroupPush(KeycloakRealm realm, PushLedger ledger, TenantPolicy policy) {
    this.realm = realm;
    this.ledger = ledger;
    this.steps = new StepRunner(realm);
    this.takeover = new Takeover(realm, ledger, policy.adoption());
  }

  /**
   * @param desired empty: the group was deleted here
   */
  Future<PushOutcome> push(Claim claim, Optional<Attributes> desired) {
    if (desired.isEmpty()) {
      return remove(claim.id());
    }
    KeycloakGroup group = KeycloakMapping.group(claim.id(), desired.get());
    Optional<String> link = ledger.link(DueKind.GROUP, claim.id());
    if (link.isEmpty()) {
      return claim.isFirst() ? create(claim, group) : findOrCreate(claim, group);
    }
    return realm
        .group(link.get())
        .compose(found ->
            found.isPresent()
                ? bring(claim, group, found.get())
                : recreate(claim, group, link.get()));
  }

  /** See the same of {@link UserPush}. */
  private Future<PushOutcome> findOrCreate(Claim claim, KeycloakGroup group) {
    return realm
        .groupsWithScimId(claim.id())
        .compose(found ->
            found.isEmpty() ? create(claim, group) : takeOver(claim, group, found.getFirst()));
  }

  private Future<PushOutcome> create(Claim claim, KeycloakGroup group) {
    return realm
        .createGroup(group.representation())
        .<PushOutcome>map(id -> {
          ledger.linked(DueKind.GROUP, claim.id(), id);
          return new PushOutcome.Pushed();
        })
        .recover(cause ->
            Problem.of(cause) instanceof Problem.Conflict
                ? takeOver(claim, group)
                : Future.failedFuture(cause));
  }

  /** It was deleted by hand, and with it its memberships. */
  private Future<PushOutcome> recreate(Claim claim, KeycloakGroup group, String goneId) {
    ledger.unlinked(DueKind.GROUP, claim.id(), goneId);
    return create(claim, group)
        .compose(outcome -> ledger.markMemberships(DueKind.GROUP, claim.id()).map(outcome));
  }

  /** The name is taken: by our own group, if the answer to its creation was lost. */
  private Future<PushOutcome> takeOver(Claim claim, KeycloakGroup group) {
    return realm
        .groupNamed(group.name())
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture(Takeover.contested(claim, "name"))
                : takeOver(claim, group, found.get()));
  }

  private Future<PushOutcome> takeOver(Claim claim, KeycloakGroup group, ObjectNode actual) {
    String id = KeycloakMapping.id(actual);
    return takeover
        .group(claim, actual)
        .compose(refusal -> {
          if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
          }
          ledger.linked(DueKind.GROUP, claim.id(), id);
          return takeover
              .markMembershipsOfGroup(claim.id(), id)
              .compose(marked -> bring(claim, group, actual));
        });
  }

  private Future<PushOutcome> bring(Claim claim, KeycloakGroup group, ObjectNode actual) {
    return steps
        .run(PushPlan.group(group, Optional.of(actual)))
        .recover(cause ->
            switch (Problem.of(cause)) {
              case Problem.Conflict conflict -> nameTaken(claim, group, actual);
              case Problem.NotFound gone -> recreate(claim, group, KeycloakMapping.id(actual));
              case Problem.Rejected rejected -> Future.failedFuture(cause);
              case Problem.Failed failed -> Future.failedFuture(cause);
              case Problem.Unavailable unavailable -> Future.failedFuture(cause);
            });
  }

  /** Whoever waits for the name that this one has, may have it. */
  private Future<PushOutcome> nameTaken(Claim claim, KeycloakGroup group, ObjectNode actual) {
    return realm
        .groupNamed(group.name())
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture(Takeover.contested(claim, "name"))
                : takeover.holderOf(claim, DueKind.GROUP, found.get(), "name"))
        .compose(outcome ->
            Takeover.mayBeACircle(claim, outcome)
                ? realm
                    .updateGroup(KeycloakMapping.id(actual), group.withoutName().mergedInto(actual))
                    .map(outcome)
                : Future.succeededFuture(outcome));
  }

  /** Besides what the link names, what carries the mark: the answer to a creation may be lost. */
  private Future<PushOutcome> remove(UUID id) {
    return realm
        .groupsWithScimId(id)
        .compose(marked -> {
          Set<String> groups = new LinkedHashSet<>();
          ledger.link(DueKind.GROUP, id).ifPresent(groups::add);
          marked.forEach(group -> groups.add(KeycloakMapping.id(group)));
          Future<PushOutcome> removed = Future.succeededFuture(new PushOutcome.InSync());
          for (String group : groups) {
            removed = removed.compose(before -> remove(id, group));
          }
          return removed;
        });
  }

  private Future<PushOutcome> remove(UUID id, String keycloakId) {
    return steps
        .run(PushPlan.removedGroup(keycloakId))
        .onSuccess(done -> ledger.unlinked(DueKind.GROUP, id, keycloakId));
  }
}
