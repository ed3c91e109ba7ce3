package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whether an account or group that exists in Keycloak already may be taken for a resource of ours.
 * Ours by its mark: yes. Somebody else's: no. Nobody's: as the tenant's policy says, if it gives no
 * power over the realm, and if nobody could get at it by that: who may name the e-mail address of
 * an account can reset its password. What cannot be proved harmless is not taken over.
 */
final class Takeover {
  private static final long SHORTEST_CONTEST_MS = 500;
  private static final int CONTEST_DOUBLINGS = 10;

  private static final int PAGE = 500;

  /** By then whoever had the name only for a moment longer has been pushed. */
  private static final int ATTEMPTS_WITHOUT_CIRCLE = 2;

  private static final String SERVICE_ACCOUNT = "service-account-";

  private final KeycloakRealm realm;
  private final PushLedger ledger;
  private final TenantPolicy.Adoption adoption;

  Takeover(KeycloakRealm realm, PushLedger ledger, TenantPolicy.Adoption adoption) {
    this.realm = realm;
    this.ledger = ledger;
    this.adoption = adoption;
  }

  /** Empty: it may be taken over. Otherwise what becomes of the push. */
  Future<Optional<PushOutcome>> user(Claim claim, KeycloakUser user, ObjectNode account) {
    return unmarked(claim, DueKind.USER, account, "user name or e-mail")
        .compose(refusal -> {
          if (refusal.isPresent() || isMarkedFor(claim, account)) {
            return Future.succeededFuture(refusal);
          }
          return mayBeAdopted(user, account);
        })
        .compose(refusal -> unlessGone(claim, DueKind.USER, account, refusal));
  }

  /** Like {@link #user}. */
  Future<Optional<PushOutcome>> group(Claim claim, ObjectNode group) {
    return unmarked(claim, DueKind.GROUP, group, "name")
        .compose(refusal -> {
          if (refusal.isPresent() || isMarkedFor(claim, group)) {
            return Future.succeededFuture(refusal);
          }
          return mayBeAdopted(group);
        })
        .compose(refusal -> unlessGone(claim, DueKind.GROUP, group, refusal));
  }

  /**
   * Has the memberships compared that an account came with, besides those it should have: what was
   * removed here while there was no link has never left Keycloak.
   */
  Future<Void> markMembershipsOfUser(UUID user, String keycloakId) {
    return realm
        .groupsOf(keycloakId)
        .compose(groups -> ledger.owners(DueKind.GROUP, ids(groups)))
        .compose(owners ->
            ledger.markForRepair(
                owners.values().stream()
                    .map(group -> PushStore.Due.membership(user, group))
                    .toList()))
        .compose(marked -> ledger.markMemberships(DueKind.USER, user));
  }

  /** Like {@link #markMembershipsOfUser}. */
  Future<Void> markMembershipsOfGroup(UUID group, String keycloakId) {
    return markMembers(group, keycloakId, 0)
        .compose(marked -> ledger.markMemberships(DueKind.GROUP, group));
  }

  private Future<Void> markMembers(UUID group, String keycloakId, int first) {
    return realm
        .members(keycloakId, first, PAGE)
        .compose(members ->
            ledger
                .owners(DueKind.USER, ids(members))
                .compose(owners ->
                    ledger.markForRepair(
                        owners.values().stream()
                            .map(user -> PushStore.Due.membership(user, group))
                            .toList()))
                .compose(marked ->
                    members.size() < PAGE
                        ? Future.succeededFuture()
                        : markMembers(group, keycloakId, first + PAGE)));
  }

  private static Set<String> ids(List<ObjectNode> found) {
    return found.stream().map(KeycloakMapping::id).collect(Collectors.toSet());
  }

  /** What becomes of a push whose name or e-mail address somebody else holds. */
  Future<PushOutcome> holderOf(Claim claim, DueKind kind, ObjectNode holder, String what) {
    return ledger
        .owner(kind, KeycloakMapping.id(holder))
        .compose(owner ->
            owner.equals(Optional.of(claim.id()))
                // Nobody else has the name: Keycloak lost a race with itself.
                ? Future.succeededFuture(Optional.of(contested(claim, what)))
                : unmarked(claim, kind, holder, what))
        .map(refusal ->
            refusal.or(() ->
                Optional.of(
                    new PushOutcome.GivenUp(
                        "Expected the "
                            + what
                            + " to be free in Keycloak, but it belongs to "
                            + KeycloakMapping.id(holder)))))
        .compose(refusal -> unlessGone(claim, kind, holder, refusal))
        .map(Optional::orElseThrow);
  }

  /** It was read before it was asked about here: its removal may have ended in between. */
  private Future<Optional<PushOutcome>> unlessGone(
      Claim claim, DueKind kind, ObjectNode found, Optional<PushOutcome> refusal) {
    if (!(refusal.orElse(null) instanceof PushOutcome.GivenUp)) {
      return Future.succeededFuture(refusal);
    }
    String id = KeycloakMapping.id(found);
    return (kind == DueKind.USER ? realm.user(id) : realm.group(id))
        .map(still -> still.isPresent() ? refusal : Optional.of(contested(claim, "name")));
  }

  /** The name becomes free when the other resource is pushed, or changed: so it is waited for. */
  static PushOutcome contested(Claim claim, String what) {
    long delayMs = SHORTEST_CONTEST_MS << Math.min(claim.attempts(), CONTEST_DOUBLINGS);
    return new PushOutcome.Later(
        Duration.ofMillis(delayMs),
        true,
        "Expected the " + what + " to be free in Keycloak, but another resource has it");
  }

  /**
   * Whether resources of ours may wait for each other's names in a circle, as after a swap. Then
   * one must let go of the name that it has and should not have.
   */
  static boolean mayBeACircle(Claim claim, PushOutcome outcome) {
    return outcome instanceof PushOutcome.Later && claim.attempts() > ATTEMPTS_WITHOUT_CIRCLE;
  }

  private Future<Optional<PushOutcome>> mayBeAdopted(KeycloakUser user, ObjectNode account) {
    String userName = account.path("username").asText("");
    Optional<String> unlike = unlike(user, account, userName);
    if (unlike.isPresent()) {
      return Future.succeededFuture(refused("account", account, unlike.get()));
    }
    if (userName.startsWith(SERVICE_ACCOUNT)) {
      return Future.succeededFuture(refused("account", account, "is a service account"));
    }
    if (account.hasNonNull("federationLink")) {
      return Future.succeededFuture(refused("account", account, "comes from a user federation"));
    }
    return realm
        .isAdministrator(KeycloakMapping.id(account))
        .map(administrator ->
            administrator
                ? refused("account", account, "may administer the realm")
                : Optional.empty());
  }

  private Future<Optional<PushOutcome>> mayBeAdopted(ObjectNode group) {
    if (adoption == TenantPolicy.Adoption.NEVER) {
      return Future.succeededFuture(refused("group", group, "has the same name"));
    }
    return realm
        .givesRoles(KeycloakMapping.id(group))
        .map(
            roles -> roles ? refused("group", group, "gives its members roles") : Optional.empty());
  }

  /** Why the policy does not let an account be taken for a user; empty: it does. */
  private Optional<String> unlike(KeycloakUser user, ObjectNode account, String userName) {
    String email = account.path("email").asText("");
    String wanted = user.email().orElse("").toLowerCase(Locale.ROOT);
    String name = user.username().toLowerCase(Locale.ROOT);
    return switch (adoption) {
      case NEVER -> Optional.of("has the same user name or e-mail address");
      case USER_NAME -> {
        if (!userName.equals(name)) {
          yield Optional.of("has the same e-mail address but another user name");
        }
        boolean rewrites = email.isEmpty() ? !wanted.equals(name) : !wanted.equals(email);
        yield rewrites && !(email.isEmpty() && wanted.isEmpty())
            ? Optional.of("has the same user name but another e-mail address")
            : Optional.empty();
      }
      case VERIFIED_EMAIL -> {
        boolean verified = account.path("emailVerified").booleanValue();
        yield wanted.isEmpty() || !wanted.equals(email) || !verified
            ? Optional.of("does not have the same, verified e-mail address")
            : Optional.empty();
      }
    };
  }

  /** Empty: it carries our mark, or none that counts. */
  private Future<Optional<PushOutcome>> unmarked(
      Claim claim, DueKind kind, ObjectNode found, String what) {
    Future<Optional<UUID>> owner = ledger.owner(kind, KeycloakMapping.id(found));
    Optional<UUID> marked = KeycloakMapping.scimId(found).filter(mark -> !mark.equals(claim.id()));
    return owner.compose(linked -> {
      if (linked.filter(other -> !other.equals(claim.id())).isPresent()) {
        return Future.succeededFuture(Optional.of(contested(claim, what)));
      }
      if (linked.isPresent()) {
        return Future.succeededFuture(Optional.empty());
      }
      return ledger
          .isOthers(kind, KeycloakMapping.id(found))
          .compose(others ->
              others
                  ? Future.succeededFuture(
                      refused(
                          kind == DueKind.USER ? "account" : "group", found, "is another tenant's"))
                  : marked
                      .map(mark -> ofLivingMark(claim, kind, mark, what))
                      .orElse(Future.succeededFuture(Optional.empty())));
    });
  }

  /** A mark of a resource that is gone here and there binds nobody. */
  private Future<Optional<PushOutcome>> ofLivingMark(
      Claim claim, DueKind kind, UUID mark, String what) {
    return ledger
        .isAlive(kind, mark)
        .map(alive -> alive ? Optional.of(contested(claim, what)) : Optional.empty());
  }

  private static boolean isMarkedFor(Claim claim, ObjectNode found) {
    return KeycloakMapping.scimId(found).equals(Optional.of(claim.id()));
  }

  private static Optional<PushOutcome> refused(String noun, ObjectNode found, String fact) {
    return Optional.of(
        new PushOutcome.GivenUp(
            "Conflict: expected to create it in Keycloak, but the existing "
                + noun
                + " "
                + KeycloakMapping.id(found)
                + " "
                + fact));
  }
}
