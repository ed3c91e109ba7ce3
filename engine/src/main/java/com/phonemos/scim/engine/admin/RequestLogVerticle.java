package com.phonemos.scim.engine.admin;

import com.phonemos.scim.engine.bus.Answered;
import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.filter.FilterShape;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.store.RequestLog;
import com.phonemos.scim.engine.store.StoreFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the request log, off the path of requests: what was answered gathers, and is written a few
 * times a second in one statement. When PostgreSQL is away, the oldest are given up for the newest
 * and counted; the answers themselves are in the journal, which loses nothing.
 */
public final class RequestLogVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLogVerticle.class);
  private static final long FLUSH_MS = 250;
  private static final int FLUSH_SIZE = 1_000;
  private static final int LIMIT = 20_000;
  private static final long FORGET_MS = Duration.ofHours(1).toMillis();
  private static final String UNREADABLE = "(not a filter)";

  private final RequestLog log;
  private final Duration retention;
  private List<RequestLog.Entry> waiting = new ArrayList<>();
  private Future<Void> writing = Future.succeededFuture();
  private long givenUp;

  /**
   * @param retention how long requests are kept
   */
  public RequestLogVerticle(RequestLog log, Duration retention) {
    this.log = log;
    this.retention = retention;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(FLUSH_MS, tick -> flush());
    vertx.setPeriodic(FORGET_MS, tick -> forget());
    return vertx
        .eventBus()
        .<Answered>localConsumer(BusAddress.ANSWERED, this::receive)
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

  private void receive(Message<Answered> message) {
    if (waiting.size() >= LIMIT) {
      waiting.subList(0, FLUSH_SIZE).clear();
      givenUp += FLUSH_SIZE;
    }
    waiting.add(entry(message.body()));
    if (waiting.size() >= FLUSH_SIZE) {
      flush();
    }
  }

  private void flush() {
    if (waiting.isEmpty() || !writing.isComplete()) {
      return;
    }
    List<RequestLog.Entry> batch = waiting;
    waiting = new ArrayList<>();
    writing =
        log.append(batch)
            .onSuccess(done -> tellOfGivenUp())
            .recover(cause -> {
              keep(batch, cause);
              return Future.succeededFuture();
            });
  }

  /** What PostgreSQL refuses it would refuse again. */
  private void keep(List<RequestLog.Entry> batch, Throwable cause) {
    if (StoreFailure.of(cause) == StoreFailure.REFUSED) {
      LOG.atError().setCause(cause).log("Requests cannot be logged: a defect");
      givenUp += batch.size();
    } else {
      waiting.addAll(0, batch);
    }
  }

  private void tellOfGivenUp() {
    if (givenUp > 0) {
      LOG.atWarn()
          .addKeyValue("requests", givenUp)
          .log("The request log lacks some: PostgreSQL was away for too long");
      givenUp = 0;
    }
  }

  private void forget() {
    log.forget(retention)
        .onFailure(cause ->
            LOG.atWarn()
                .addKeyValue("cause", cause.toString())
                .log("Old requests not deleted; tried again in an hour"));
  }

  private static RequestLog.Entry entry(Answered answered) {
    Optional<Filter> filter = answered.filter().flatMap(RequestLogVerticle::parse);
    Optional<String> name =
        answered.name().map(Folding::fold).or(() -> filter.flatMap(FilterShape::name));
    return new RequestLog.Entry(
        answered.tenant(),
        answered.at(),
        answered.requestId(),
        answered.token(),
        answered.method(),
        answered.operation(),
        answered.resourceType(),
        answered.resourceId(),
        answered.tenant().flatMap(tenant -> name.map(text -> RequestLog.subject(tenant, text))),
        answered
            .filter()
            .map(text -> filter.map(FilterShape::of).map(Filter::toString).orElse(UNREADABLE)),
        answered.status(),
        answered.scimType(),
        answered.detail(),
        Duration.ofNanos(answered.nanos()));
  }

  private static Optional<Filter> parse(String text) {
    try {
      return Optional.of(FilterParser.parse(text));
    } catch (ScimException malformed) {
      return Optional.empty();
    }
  }
}
