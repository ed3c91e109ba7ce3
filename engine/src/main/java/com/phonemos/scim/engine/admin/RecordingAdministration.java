package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.Recordings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Recordings of what a tenant's identity provider sends: on, off, and what they hold. */
public final class RecordingAdministration {
  /** No longer than anybody watches. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** Of a recording. */
  public static final long MOST_BYTES = 1L << 30;

  private final Recordings recordings;
  private final TenantAdministration tenants;

  RecordingAdministration(Database database, TenantAdministration tenants) {
    this.recordings = new Recordings(database);
    this.tenants = tenants;
  }

  /**
   * Records a tenant's exchanges, from within a second on.
   *
   * @param length after which it ends by itself
   * @param mostBytes at which it ends before
   */
  public Future<Recordings.Recording> start(String slug, Duration length, long mostBytes) {
    if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
      return TenantAdministration.refused(
          Refusal.Kind.INVALID, "Expected a time of up to 7 days, but it is " + length);
    }
    if (mostBytes <= 0 || mostBytes > MOST_BYTES) {
      return TenantAdministration.refused(
          Refusal.Kind.INVALID, "Expected a size of up to 1 GiB, but it is " + mostBytes);
    }
    return tenants
        .find(slug)
        .compose(tenant -> recordings.start(tenant.id(), length, mostBytes))
        .compose(started ->
            started.isPresent()
                ? find(slug, started.get())
                : TenantAdministration.refused(
                    Refusal.Kind.CONFLICT,
                    "Expected a tenant that is not recorded, but a recording of "
                        + slug
                        + " is on; see phonemos-scim recording list"));
  }

  /** Newest first. */
  public Future<List<Recordings.Recording>> list(String slug) {
    return tenants.find(slug).compose(tenant -> recordings.list(tenant.id()));
  }

  public Future<Recordings.Recording> find(String slug, UUID recording) {
    return tenants
        .find(slug)
        .compose(tenant -> recordings.find(tenant.id(), recording))
        .compose(
            found -> found.map(Future::succeededFuture).orElseGet(() -> unknown(slug, recording)));
  }

  /** Ends it now; what it holds stays. */
  public Future<Recordings.Recording> stop(String slug, UUID recording) {
    return tenants
        .find(slug)
        .compose(tenant -> recordings.stop(tenant.id(), recording))
        .compose(known -> known ? find(slug, recording) : unknown(slug, recording));
  }

  /** Deletes it with what it holds. */
  public Future<Void> delete(String slug, UUID recording) {
    return tenants
        .find(slug)
        .compose(tenant -> recordings.delete(tenant.id(), recording))
        .compose(known -> known ? Future.succeededFuture() : unknown(slug, recording));
  }

  /** Writes what it holds by now as an HTTP Archive 1.2; does not end the stream. */
  public Future<Void> write(String slug, UUID recording, WriteStream<Buffer> to) {
    return tenants
        .find(slug)
        .compose(tenant ->
            to.write(Buffer.buffer(HarEntry.HEAD))
                .compose(begun -> recordings.write(tenant.id(), recording, to))
                .compose(written -> to.write(Buffer.buffer(HarEntry.TAIL))));
  }

  private static <T> Future<T> unknown(String slug, UUID recording) {
    return TenantAdministration.refused(
        Refusal.Kind.ABSENT, "Expected a recording, but " + recording + " is none of " + slug);
  }
}
