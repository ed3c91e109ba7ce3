package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DriftScans;
import com.phonemos.scim.engine.store.Journal;
import com.phonemos.scim.engine.store.RequestLog;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was asked, what was done, and why something is as it is. Changes nothing. */
public final class Inquiries {
  private final RequestLog requests;
  private final Journal journal;
  private final Dossier dossier;
  private final DriftScans scans;
  private final DriftFindings findings;
  private final TenantAdministration tenants;

  /** How a tenant's Keycloak was found to differ. */
  public record Drift(DriftScans.State scan, List<DriftFindings.Reported> findings) {}

  Inquiries(Database database, TenantAdministration tenants) {
    this.requests = new RequestLog(database);
    this.journal = new Journal(database);
    this.dossier = new Dossier(database);
    this.scans = new DriftScans(database);
    this.findings = new DriftFindings(database);
    this.tenants = tenants;
  }

  /**
   * The requests of a tenant's identity provider, newest first.
   *
   * @param lowestStatus 400 for those that failed, 0 for all
   */
  public Future<List<RequestLog.Entry>> requests(
      String slug, Instant since, int lowestStatus, int limit) {
    return tenants
        .find(slug)
        .compose(tenant -> requests.latest(tenant.id(), since, lowestStatus, limit));
  }

  /** The one that the identity provider's administrator names by its {@code X-Request-Id}. */
  public Future<List<RequestLog.Entry>> request(String slug, String requestId) {
    return tenants
        .find(slug)
        .compose(tenant ->
            requests
                .byRequestId(requestId)
                .map(found ->
                    found.stream()
                        .filter(entry -> entry.tenant().filter(tenant.id()::equals).isPresent())
                        .toList()));
  }

  /**
   * What was committed, newest first; see {@link Journal#list}.
   *
   * @param before absent: from the newest on
   */
  public Future<List<Journal.Entry>> journal(
      String slug, Optional<UUID> resource, Optional<Long> before, int limit) {
    return tenants
        .find(slug)
        .compose(
            tenant -> journal.list(tenant.id(), resource, before.orElse(Long.MAX_VALUE), limit));
  }

  /** See {@link Explanation#of}. */
  public Future<List<Explanation>> explain(String slug, String user, Optional<String> group) {
    return tenants
        .find(slug)
        .compose(tenant -> Explanation.of(dossier, requests, tenant.id(), user, group));
  }

  /** Those that wait first, then the newest. */
  public Future<Drift> drift(String slug, int limit) {
    return tenants
        .find(slug)
        .compose(tenant -> {
          Future<DriftScans.State> scan = scans.state(tenant.id());
          Future<List<DriftFindings.Reported>> found = findings.list(tenant.id(), limit);
          return Future.all(scan, found).map(all -> new Drift(scan.result(), found.result()));
        });
  }
}
