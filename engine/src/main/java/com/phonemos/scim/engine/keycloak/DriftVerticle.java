package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DriftScans;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what others have changed in Keycloak and has it put back: by scans of whole realms, and
 * between them by the realms' admin events. What is found becomes due; the push does the rest. One
 * per process; a tenant's scan is with one process at a time.
 */
public final class DriftVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DriftVerticle.class);

  /** Longer than anything between two positions should take; then another process may go on. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofMinutes(5);

  /** For what a person has to put right. */
  private static final Duration LONG_PAUSE = Duration.ofHours(1);

  private static final Duration KEPT = Duration.ofDays(90);
  private static final int REALMS = 1_000;

  private final Tenants tenants;
  private final DriftScans scans;
  private final DriftFindings findings;
  private final DriftStore store;
  private final DriftRecorder recorder;
  private final Pace pace;
  private final EgressPolicy egress;
  private final Map<String, PacedTransport> transports = new HashMap<>();
  private final Map<TenantId, Realm> realms =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TenantId, Realm> eldest) {
          return size() > REALMS;
        }
      };
  private @Nullable KeycloakHttp http;
  private boolean scanning;
  private boolean polling;

  /**
   * How often it looks.
   *
   * @param scans from one scan of a tenant to the next; zero: never
   * @param polls from one look at a tenant's admin events to the next; zero: never
   * @param looks for what is due
   */
  public record Pace(Duration scans, Duration polls, Duration looks) {
    private static final Duration LOOKS = Duration.ofSeconds(2);

    public Pace(Duration scans, Duration polls) {
      this(scans, polls, LOOKS);
    }
  }

  /**
   * @param egress where a Keycloak may be
   */
  public DriftVerticle(
      Database database, Tenants tenants, DriftRecorder recorder, Pace pace, EgressPolicy egress) {
    this.tenants = tenants;
    this.scans = new DriftScans(database);
    this.findings = new DriftFindings(database);
    this.store = DatabaseDriftStore.of(database);
    this.recorder = recorder;
    this.pace = pace;
    this.egress = egress;
  }

  /** A tenant's realm, with what is remembered of it. */
  private record Realm(PushSettings settings, RealmReader reader, DriftPoll poll) {}

  @Override
  public Future<?> start() {
    KeycloakHttp opened = new KeycloakHttp(vertx, egress);
    http = opened;
    vertx.setPeriodic(pace.looks.toMillis(), timer -> look(opened));
    return Future.succeededFuture();
  }

  /** A scan that is going on is taken up again where it was. */
  @Override
  public Future<?> stop() {
    KeycloakHttp closing = http;
    http = null;
    return closing == null ? Future.succeededFuture() : closing.close();
  }

  private void look(KeycloakHttp open) {
    if (http == null) {
      return;
    }
    if (!scanning && !pace.scans.isZero()) {
      scanning = true;
      scans
          .enlist(pace.scans)
          .compose(enlisted -> scans.claim(LEASE))
          .compose(turn -> turn.map(next -> scan(open, next)).orElseGet(Future::succeededFuture))
          .onFailure(this::databaseFailed)
          .onComplete(done -> scanning = false);
    }
    if (!polling && !pace.polls.isZero()) {
      polling = true;
      scans
          .claimPoll(LEASE)
          .compose(poll -> poll.map(next -> poll(open, next)).orElseGet(Future::succeededFuture))
          .onFailure(this::databaseFailed)
          .onComplete(done -> polling = false);
    }
  }

  private Future<Void> scan(KeycloakHttp open, DriftScans.Turn turn) {
    TenantId tenant = turn.tenant();
    long start = System.nanoTime();
    return realm(open, tenant)
        .compose(realm -> {
          if (realm.isEmpty()) {
            return Future.succeededFuture();
          }
          RealmReader reader = realm.get().reader;
          return new DriftScan(
                  tenant,
                  turn.started(),
                  reader.realm(),
                  reader.events(),
                  store,
                  sink(tenant),
                  false)
              .run(turn.position());
        })
        .compose(done -> findings.forget(tenant, KEPT))
        .compose(done -> scans.finish(tenant, pace.scans))
        .onComplete(done ->
            recorder.scanned(
                done.succeeded() ? "finished" : "interrupted", System.nanoTime() - start))
        .recover(cause -> http == null ? Future.succeededFuture() : postpone(tenant, cause));
  }

  private Future<Void> postpone(TenantId tenant, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("tenant", tenant)
        .addKeyValue("cause", cause.getMessage())
        .log("A realm was not looked through to its end");
    boolean needsSomebody = cause instanceof DriftScan.TooManyGoneException;
    return scans.postpone(
        tenant, String.valueOf(cause.getMessage()), needsSomebody ? LONG_PAUSE : PAUSE);
  }

  private Future<Void> poll(KeycloakHttp open, DriftScans.Poll poll) {
    return realm(open, poll.tenant())
        .compose(realm ->
            realm
                .map(known -> known.poll.run(poll.from()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty())))
        .compose(from -> {
          recorder.polled("read");
          return scans.polled(poll.tenant(), from, pace.polls);
        })
        .recover(cause -> {
          recorder.polled("failed");
          boolean refused =
              Problem.of(cause) instanceof Problem.Unavailable unavailable
                  && unavailable.scope() == Problem.Scope.REALM;
          return scans.polled(poll.tenant(), Optional.empty(), refused ? LONG_PAUSE : PAUSE);
        });
  }

  /** Empty when nothing of the tenant is to be pushed. */
  private Future<Optional<Realm>> realm(KeycloakHttp open, TenantId tenant) {
    return tenants
        .pushSettings(tenant)
        .map(settings ->
            settings.map(read -> {
              Realm known = realms.get(tenant);
              if (known == null || !known.settings.equals(read)) {
                known = realm(open, tenant, read);
                realms.put(tenant, known);
              }
              return known;
            }));
  }

  private Realm realm(KeycloakHttp open, TenantId tenant, PushSettings settings) {
    PacedTransport paced =
        transports.computeIfAbsent(
            settings.target().url(),
            url ->
                new PacedTransport(
                    open,
                    (delayMs, task) -> vertx.setTimer(delayMs, timer -> task.run()),
                    System::nanoTime));
    RealmReader reader = RealmReader.of(paced, settings.target());
    return new Realm(
        settings,
        reader,
        new DriftPoll(tenant, reader.realm(), reader.events(), store, sink(tenant)));
  }

  private DriftScan.Sink sink(TenantId tenant) {
    return new DriftScan.Sink() {
      @Override
      public Future<Void> found(DriftFindings.Finding finding) {
        recorder.found(finding.what().word());
        LOG.atInfo()
            .addKeyValue("tenant", tenant)
            .addKeyValue("kind", finding.kind())
            .addKeyValue("resource", finding.id())
            .addKeyValue("what", finding.what().word())
            .addKeyValue("fields", finding.differences())
            .log("Somebody changed Keycloak; it is put back");
        return store.keep(tenant, finding);
      }

      @Override
      public Future<Void> reached(DriftScans.Position position) {
        return scans.move(tenant, position, LEASE);
      }

      @Override
      public void read(int count) {}
    };
  }

  private void databaseFailed(Throwable cause) {
    if (http != null) {
      LOG.atWarn()
          .addKeyValue("cause", cause.getMessage())
          .log("What is to be looked through cannot be read");
    }
  }
}
