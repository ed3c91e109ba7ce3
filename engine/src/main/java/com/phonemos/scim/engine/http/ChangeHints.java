package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.PushDue;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a tenant's next change. A hint tells of changes that this process commits; of those
 * of others nobody tells, so nobody waits long without looking.
 *
 * <p>Not shared: one instance per event loop.
 */
final class ChangeHints {
  private final Vertx vertx;
  private final Map<TenantId, Set<Promise<Void>>> waiting = new HashMap<>();
  private boolean draining;

  ChangeHints(Vertx vertx) {
    this.vertx = vertx;
    vertx
        .eventBus()
        .<PushDue>localConsumer(
            BusAddress.PUSH_DUE, message -> tell(waiting.remove(message.body().tenant())));
  }

  /** Completes at the tenant's next change, or after a while. */
  Future<Void> next(TenantId tenant, long millis) {
    Promise<Void> hint = Promise.promise();
    waiting.computeIfAbsent(tenant, first -> new LinkedHashSet<>()).add(hint);
    long timer = vertx.setTimer(millis, late -> hint.tryComplete());
    return hint.future()
        .onComplete(done -> {
          vertx.cancelTimer(timer);
          forget(tenant, hint);
        });
  }

  boolean isDraining() {
    return draining;
  }

  /** Nobody waits any longer. */
  void drain() {
    draining = true;
    Map.copyOf(waiting).values().forEach(ChangeHints::tell);
  }

  private void forget(TenantId tenant, Promise<Void> hint) {
    Set<Promise<Void>> others = waiting.getOrDefault(tenant, Set.of());
    if (others.remove(hint) && others.isEmpty()) {
      waiting.remove(tenant);
    }
  }

  private static void tell(@Nullable Set<Promise<Void>> hints) {
    if (hints != null) {
      Set.copyOf(hints).forEach(Promise::tryComplete);
    }
  }
}
