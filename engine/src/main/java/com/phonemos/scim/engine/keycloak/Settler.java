package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.KeycloakLinks.Link;
import com.phonemos.scim.engine.store.Outbox;
import com.phonemos.scim.engine.store.Settlement;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what pushes came to, many at a time: links first, so that no claim is settled whose link
 * is not durable. For use on one event loop.
 */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final long GATHER_MS = 20;
  private static final long RETRY_MS = 500;

  /** A row that a writer holds for longer is left to its lease. */
  private static final int MISSES = 5;

  private final Timers timers;
  private final PushStore store;
  private List<Link> made = new ArrayList<>();
  private List<Link> gone = new ArrayList<>();
  private List<Pending> pending = new ArrayList<>();
  private boolean scheduled;
  private Promise<Void> idle = Promise.promise();

  Settler(Timers timers, PushStore store) {
    this.timers = timers;
    this.store = store;
    this.idle.complete();
  }

  private record Pending(Settlement settlement, BiConsumer<Claim, Boolean> settled, int misses) {}

  void linked(Link link) {
    made.add(link);
    schedule(GATHER_MS);
  }

  void unlinked(Link link) {
    // It may have been made a moment ago.
    made.remove(link);
    gone.add(link);
    schedule(GATHER_MS);
  }

  /**
   * @param settled hears of the claim when it is settled, and whether it is due again already
   */
  void settle(Settlement settlement, BiConsumer<Claim, Boolean> settled) {
    pending.add(new Pending(settlement, settled, 0));
    schedule(GATHER_MS);
  }

  /** Completes when everything is written. */
  Future<Void> drained() {
    return idle.future();
  }

  private void schedule(long delayMs) {
    if (!scheduled) {
      scheduled = true;
      if (idle.future().isComplete()) {
        idle = Promise.promise();
      }
      timers.after(delayMs, this::flush);
    }
  }

  private void flush() {
    List<Link> madeNow = made;
    List<Link> goneNow = gone;
    List<Pending> pendingNow = pending;
    made = new ArrayList<>();
    gone = new ArrayList<>();
    pending = new ArrayList<>();
    store
        .removeLinks(goneNow)
        .compose(removed -> store.storeLinks(madeNow))
        .compose(stored -> store.settle(pendingNow.stream().map(Pending::settlement).toList()))
        .onComplete(written -> {
          scheduled = false;
          if (written.succeeded()) {
            report(pendingNow, written.result());
          } else {
            LOG.atWarn()
                .addKeyValue("claims", pendingNow.size())
                .addKeyValue("cause", written.cause().getMessage())
                .log("Outcomes of pushes could not be written yet");
            madeNow.addAll(made);
            made = madeNow;
            goneNow.addAll(gone);
            gone = goneNow;
            pendingNow.addAll(pending);
            pending = pendingNow;
          }
          again(written.succeeded() ? GATHER_MS : RETRY_MS);
        });
  }

  private void again(long delayMs) {
    if (made.isEmpty() && gone.isEmpty() && pending.isEmpty()) {
      idle.tryComplete();
    } else {
      schedule(delayMs);
    }
  }

  private void report(List<Pending> written, Outbox.Settled settled) {
    for (Pending one : written) {
      boolean missed = settled.missed().contains(one.settlement());
      if (missed && one.misses() < MISSES) {
        pending.add(new Pending(one.settlement(), one.settled(), one.misses() + 1));
      } else {
        Claim claim = one.settlement().claim();
        one.settled().accept(claim, settled.renewed().contains(claim));
      }
    }
  }
}
