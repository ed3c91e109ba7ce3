package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DriftFindings.Finding;
import com.phonemos.scim.engine.store.DriftScans;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One scan of one tenant's realm that an operator asks for. */
public final class DriftInspection {
  private final Vertx vertx;
  private final Database database;
  private final Tenants tenants;

  public DriftInspection(Vertx vertx, Database database, Tenants tenants) {
    this.vertx = vertx;
    this.database = database;
    this.tenants = tenants;
  }

  /** What becomes of what is found. */
  public enum Mode {
    /** It is told. */
    REPORT,

    /** It is kept, and put back. */
    REPAIR,

    /** As {@link #REPAIR}, however much is gone. */
    REPAIR_ALL
  }

  /**
   * Looks a realm through.
   *
   * @return failed when the tenant has no Keycloak, when that cannot be read to the end, or when so
   *     much is gone that the realm may be another one
   */
  public Future<List<Finding>> run(TenantId tenant, Mode mode, ReadProgress progress) {
    Promise<List<Finding>> promise = Promise.promise();
    vertx.runOnContext(onOneLoop ->
        tenants
            .readSettings(tenant)
            .compose(settings ->
                settings.isEmpty()
                    ? Future.failedFuture(
                        new IllegalArgumentException(
                            "Expected a tenant with a Keycloak, but it has none"))
                    : run(tenant, settings.get(), mode, progress))
            .onComplete(promise));
    return promise.future();
  }

  private Future<List<Finding>> run(
      TenantId tenant, PushSettings settings, Mode mode, ReadProgress progress) {
    KeycloakHttp http = new KeycloakHttp(vertx);
    RealmReader reader = RealmReader.of(vertx, http, settings.target());
    DriftStore store = DatabaseDriftStore.of(database);
    Inspected inspected = new Inspected(tenant, store, mode, progress);
    return new DriftScan(
            tenant,
            Instant.now(),
            reader.realm(),
            reader.events(),
            store,
            inspected,
            mode != Mode.REPAIR)
        .run(DriftScans.Position.START)
        .compose(done ->
            mode == Mode.REPORT
                ? Future.succeededFuture()
                : new DriftScans(database).noteFinished(tenant))
        .map(done -> List.copyOf(inspected.findings))
        .eventually(http::close);
  }

  private static final class Inspected implements DriftScan.Sink {
    private final TenantId tenant;
    private final DriftStore store;
    private final Mode mode;
    private final ReadProgress progress;
    private final List<Finding> findings = new ArrayList<>();
    private long read;

    Inspected(TenantId tenant, DriftStore store, Mode mode, ReadProgress progress) {
      this.tenant = tenant;
      this.store = store;
      this.mode = mode;
      this.progress = progress;
    }

    @Override
    public Future<Void> found(Finding finding) {
      findings.add(finding);
      return mode == Mode.REPORT ? Future.succeededFuture() : store.keep(tenant, finding);
    }

    @Override
    public Future<Void> reached(DriftScans.Position position) {
      return Future.succeededFuture();
    }

    @Override
    public void read(int count) {
      read += count;
      progress.reached("accounts, groups and members read", read);
    }
  }
}
