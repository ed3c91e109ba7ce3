package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.Recorded;
import com.phonemos.scim.engine.store.Recordings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is recorded, off the path of requests: exchanges gather, and are written a few times
 * a second in one statement. When PostgreSQL does not keep up, the newest are not kept, and
 * counted.
 */
public final class RecordingVerticle extends VerticleBase {
  /** How long a recording is kept after its end. */
  public static final Duration RETENTION = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(RecordingVerticle.class);
  private static final long FLUSH_MS = 250;
  private static final long FORGET_MS = Duration.ofHours(1).toMillis();

  /** Characters that may wait, and that are written at once. */
  private static final long WAITING_LIMIT = 32 << 20;

  private static final long FLUSH_SIZE = 2 << 20;

  private final Recordings recordings;
  private List<Recordings.Entry> waiting = new ArrayList<>();
  private long waitingSize;
  private Losses lost = new Losses();
  private Future<Void> writing = Future.succeededFuture();

  /** How many exchanges each recording lacks. */
  private static final class Losses {
    private final Map<UUID, Recordings.Loss> losses = new HashMap<>();

    void add(Recordings.Entry entry) {
      losses.merge(
          entry.recording(),
          new Recordings.Loss(entry.tenant(), entry.recording(), 1),
          Recordings.Loss::and);
    }

    boolean isEmpty() {
      return losses.isEmpty();
    }

    Future<Void> note(Recordings recordings) {
      return losses.isEmpty()
          ? Future.succeededFuture()
          : recordings.lose(List.copyOf(losses.values()));
    }
  }

  public RecordingVerticle(Recordings recordings) {
    this.recordings = recordings;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(FLUSH_MS, tick -> flush());
    vertx.setPeriodic(FORGET_MS, tick -> forget());
    return vertx
        .eventBus()
        .<Recorded>localConsumer(BusAddress.RECORDED, this::receive)
        .completion();
  }

  /** Writes what is left. */
  @Override
  public Future<?> stop() {
    return writing.eventually(() -> {
      flush();
      return writing;
    });
  }

  private void receive(Message<Recorded> message) {
    Recorded exchange = message.body();
    String json = HarEntry.of(exchange);
    Recordings.Entry entry =
        new Recordings.Entry(exchange.tenant(), exchange.recording(), exchange.startedAt(), json);
    if (waitingSize + json.length() > WAITING_LIMIT) {
      lost.add(entry);
      return;
    }
    waiting.add(entry);
    waitingSize += json.length();
    if (waitingSize >= FLUSH_SIZE) {
      flush();
    }
  }

  private void flush() {
    if ((waiting.isEmpty() && lost.isEmpty()) || !writing.isComplete()) {
      return;
    }
    List<Recordings.Entry> batch = waiting;
    Losses losses = lost;
    waiting = new ArrayList<>();
    waitingSize = 0;
    lost = new Losses();
    writing =
        recordings
            .append(batch)
            .recover(cause -> {
              tell(cause, "Exchanges were not recorded");
              batch.forEach(losses::add);
              return Future.succeededFuture();
            })
            .compose(done -> losses.note(recordings))
            .recover(cause -> {
              tell(cause, "Recordings lack exchanges and do not say so");
              return Future.succeededFuture();
            });
  }

  private void forget() {
    recordings
        .forget(RETENTION)
        .onFailure(cause -> tell(cause, "Old recordings not deleted; tried again in an hour"));
  }

  private static void tell(Throwable cause, String what) {
    LOG.atWarn().addKeyValue("cause", cause.toString()).log(what);
  }
}
