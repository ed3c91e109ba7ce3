package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DesiredStates.Desired;
import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.OutboxPreview;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Tries the push of everything that is due, as it would go if it went now. It is the push itself
 * that runs, against a realm and a ledger that take its writes and keep them; Keycloak is only
 * read.
 */
public final class PushRehearsal {
  private static final int PAGE = 200;

  /**
   * What waits for another's name gets it when that one has been tried; names go round so often.
   */
  private static final int ROUNDS = 4;

  private final TenantPush.Way way;
  private final PushStore store;
  private final OutboxPreview preview;
  private final RehearsedRealm realm;
  private final RehearsedLedger ledger;
  private final ReadProgress progress;
  private final Map<UUID, String> names = new HashMap<>();

  /** The last outcome of a resource is the one that counts. */
  private final Map<PushStore.Due, Forecast.Change> changes = new LinkedHashMap<>();

  private List<Claim> contested = new ArrayList<>();
  private long compared;

  private PushRehearsal(
      TenantPush.Way way,
      PushStore store,
      OutboxPreview preview,
      RehearsedRealm realm,
      RehearsedLedger ledger,
      ReadProgress progress) {
    this.way = way;
    this.store = store;
    this.preview = preview;
    this.realm = realm;
    this.ledger = ledger;
    this.progress = progress;
  }

  /**
   * Tries the push of a tenant, which may be staged.
   *
   * @return failed when the tenant has no Keycloak, or when that cannot be read
   */
  public static Future<Forecast> run(
      Vertx vertx, Database database, Tenants tenants, TenantId tenant, ReadProgress progress) {
    Promise<Forecast> promise = Promise.promise();
    vertx.runOnContext(onOneLoop ->
        tenants
            .readSettings(tenant)
            .compose(settings ->
                settings.isEmpty()
                    ? Future.failedFuture(
                        new IllegalArgumentException(
                            "Expected a tenant with a Keycloak, but it has none"))
                    : run(vertx, database, tenants, tenant, settings.get(), progress))
            .onComplete(promise));
    return promise.future();
  }

  private static Future<Forecast> run(
      Vertx vertx,
      Database database,
      Tenants tenants,
      TenantId tenant,
      PushSettings settings,
      ReadProgress progress) {
    KeycloakHttp http = new KeycloakHttp(vertx);
    RealmReader reader = RealmReader.of(vertx, http, settings.target());
    PushStore store = DatabasePushStore.of(database, tenants);
    Future<RehearsedRealm> names =
        RehearsedRealm.of(reader.realm(), read -> progress.reached("accounts read", read));
    Future<AccessGuard.Standing> standing = new AccessGuard(database).standing(tenant);
    return Future.all(names, standing)
        .compose(all ->
            new PushRehearsal(
                    new TenantPush.Way(
                        tenant, settings.policy(), names.result(), reader.gate(), reader.circuit()),
                    store,
                    new OutboxPreview(database),
                    names.result(),
                    new RehearsedLedger(
                        tenant, store, settings.policy().guard(), standing.result()),
                    progress)
                .run())
        .eventually(http::close);
  }

  private Future<Forecast> run() {
    return tryAll(DueKind.GROUP, Optional.empty())
        .compose(tried -> tryAll(DueKind.USER, Optional.empty()))
        .compose(tried -> tryContested(1))
        .compose(tried -> tryAll(DueKind.MEMBERSHIP, Optional.empty()))
        .compose(tried -> tryRepairs())
        .map(tried -> {
          List<Forecast.Change> sorted = new ArrayList<>(changes.values());
          sorted.sort(Comparator.comparing(Forecast.Change::action));
          return new Forecast(List.copyOf(sorted));
        });
  }

  private Future<Void> tryAll(DueKind kind, Optional<Claim> after) {
    return preview
        .waiting(way.tenant(), kind, after, PAGE)
        .compose(page -> {
          List<Claim> claims = page.stream().map(OutboxPreview.Waiting::claim).toList();
          return tryPage(page, claims)
              .compose(tried ->
                  page.size() < PAGE
                      ? Future.succeededFuture()
                      : tryAll(kind, Optional.of(claims.getLast())));
        });
  }

  private Future<Void> tryContested(int round) {
    if (contested.isEmpty()) {
      return Future.succeededFuture();
    }
    List<OutboxPreview.Waiting> again =
        contested.stream()
            .map(claim -> new OutboxPreview.Waiting(claim, Optional.empty()))
            .toList();
    contested = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (int first = 0; first < again.size(); first += PAGE) {
      List<OutboxPreview.Waiting> page = again.subList(first, Math.min(first + PAGE, again.size()));
      List<Claim> claims = page.stream().map(OutboxPreview.Waiting::claim).toList();
      done = done.compose(before -> tryPage(page, claims));
    }
    return done.compose(
        tried -> round < ROUNDS ? tryContested(round + 1) : Future.succeededFuture());
  }

  private Future<Void> tryRepairs() {
    List<OutboxPreview.Waiting> repairs =
        ledger.takeRepairs().stream()
            .map(due -> new OutboxPreview.Waiting(repair(due), Optional.empty()))
            .toList();
    return tryPage(repairs, repairs.stream().map(OutboxPreview.Waiting::claim).toList());
  }

  private Claim repair(PushStore.Due due) {
    return new Claim(
        way.tenant(), due.kind(), due.id(), due.group(), 2, false, 1, 1, Duration.ZERO);
  }

  private Future<Void> tryPage(List<OutboxPreview.Waiting> page, List<Claim> claims) {
    Future<Desired> desired = store.desired(way.tenant(), claims);
    return Future.all(desired, ledger.read(claims))
        .compose(read -> {
          desired.result().users().forEach((id, user) -> names.put(id, name(user, "userName")));
          desired
              .result()
              .groups()
              .forEach((id, group) -> names.put(id, name(group, "displayName")));
          ClaimPush push =
              new ClaimPush(
                  way,
                  ledger,
                  desired.result(),
                  new Backoff(RandomGenerator.getDefault()),
                  PushRecorder.NONE);
          Future<Void> done = Future.succeededFuture();
          for (OutboxPreview.Waiting waiting : page) {
            done = done.compose(before -> tryOne(push, waiting));
          }
          return done;
        })
        .onSuccess(done -> {
          compared += page.size();
          progress.reached("resources compared", compared);
        });
  }

  private Future<Void> tryOne(ClaimPush push, OutboxPreview.Waiting waiting) {
    Claim claim = waiting.claim();
    if (waiting.givenUp().isPresent()) {
      Forecast.Action action =
          waiting.givenUp().get().equals(PushOutcome.Held.REASON)
              ? Forecast.Action.HOLD
              : Forecast.Action.CONFLICT;
      remember(claim, action, Optional.empty(), waiting.givenUp().get());
      return Future.succeededFuture();
    }
    return push.push(claim)
        .compose(outcome -> {
          if (realm.lost().isPresent()) {
            return Future.failedFuture(realm.lost().get());
          }
          note(claim, outcome);
          return Future.succeededFuture();
        });
  }

  private void note(Claim claim, PushOutcome outcome) {
    List<RehearsedRealm.Write> writes = realm.takeWrites();
    Optional<String> adopted = ledger.takeLinked().filter(id -> !RehearsedRealm.isNew(id));
    switch (outcome) {
      case PushOutcome.GivenUp givenUp ->
          remember(claim, Forecast.Action.CONFLICT, adopted, givenUp.reason());
      case PushOutcome.Held held ->
          remember(claim, Forecast.Action.HOLD, adopted, PushOutcome.Held.REASON);
      case PushOutcome.Later later -> {
        remember(claim, Forecast.Action.WAIT, adopted, later.reason());
        if (claim.kind() != DueKind.MEMBERSHIP) {
          contested.add(anotherAttempt(claim));
        }
      }
      case PushOutcome.InSync inSync -> rememberWrites(claim, writes, adopted);
      case PushOutcome.Pushed pushed -> rememberWrites(claim, writes, adopted);
    }
  }

  private void rememberWrites(
      Claim claim, List<RehearsedRealm.Write> writes, Optional<String> adopted) {
    Forecast.Action action =
        writes.stream()
            .map(RehearsedRealm.Write::action)
            .min(Comparator.naturalOrder())
            .filter(
                strongest -> adopted.isEmpty() || strongest.compareTo(Forecast.Action.ADOPT) < 0)
            .orElse(adopted.isPresent() ? Forecast.Action.ADOPT : Forecast.Action.NOTHING);
    Optional<String> account =
        adopted.or(() ->
            writes.stream()
                .map(RehearsedRealm.Write::id)
                .filter(id -> !RehearsedRealm.isNew(id))
                .findFirst());
    String detail =
        writes.stream()
            .flatMap(write -> write.detail().stream())
            .distinct()
            .collect(Collectors.joining(", "));
    remember(claim, action, account, detail);
  }

  private void remember(
      Claim claim, Forecast.Action action, Optional<String> account, String detail) {
    Optional<UUID> group = Optional.of(claim.groupId()).filter(id -> !id.equals(Claim.NO_GROUP));
    String name = names.getOrDefault(claim.id(), "");
    changes.put(
        new PushStore.Due(claim.kind(), claim.id(), claim.groupId()),
        new Forecast.Change(
            action,
            claim.kind(),
            claim.id(),
            group,
            group.map(in -> name + " in " + names.getOrDefault(in, in.toString())).orElse(name),
            account,
            detail));
  }

  private static Claim anotherAttempt(Claim claim) {
    return new Claim(
        claim.tenant(),
        claim.kind(),
        claim.id(),
        claim.groupId(),
        claim.priority(),
        claim.change(),
        claim.generation(),
        claim.attempts() + 1,
        claim.age());
  }

  private static String name(Attributes resource, String attribute) {
    return resource.text(attribute).orElse("");
  }
}
