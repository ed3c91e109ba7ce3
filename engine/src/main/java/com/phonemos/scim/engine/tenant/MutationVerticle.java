package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.FailureCode;
import com.phonemos.scim.engine.bus.PushDue;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.BatchRows;
import com.phonemos.scim.engine.store.BatchStore;
import com.phonemos.scim.engine.store.BatchWrites;
import com.phonemos.scim.engine.store.StoreFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard of tenants. While one transaction is in flight the next batch gathers in the mailboxes;
 * everything here runs on one event loop.
 *
 * @see <a href="../../../../../../../../../docs/adr/0001-mailbox-and-row-lock.md">ADR 1</a>
 */
public final class MutationVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MutationVerticle.class);

  /** Of a whole batch, for reasons that may pass by themselves. */
  private static final int ATTEMPTS = 3;

  /** By then the pool has seen that a connection is gone. */
  private static final long RECONNECT_MS = 10;

  private final int shard;
  private final BatchStore store;
  private final Clock clock;
  private final Limits limits;
  private final MutationRecorder recorder;
  private final Turns turns;
  private final Promise<Void> idle = Promise.promise();
  private boolean busy;
  private boolean stopping;
  private Optional<MessageConsumer<Command>> consumer = Optional.empty();

  /**
   * Bounds of one shard.
   *
   * @param mailbox commands that may wait per tenant
   * @param batch commands per transaction
   * @param deadline a command that waited longer is refused and never executed
   */
  public record Limits(int mailbox, int batch, Duration deadline) {}

  public MutationVerticle(
      int shard, BatchStore store, Clock clock, Limits limits, MutationRecorder recorder) {
    this.shard = shard;
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.recorder = recorder;
    this.turns = new Turns(limits.mailbox(), limits.batch());
  }

  @Override
  public Future<?> start() {
    // Ours is the bound: beyond its own the bus discards with no more than a log line.
    MessageConsumerOptions options =
        new MessageConsumerOptions()
            .setAddress(BusAddress.mutation(shard))
            .setLocalOnly(true)
            .setMaxBufferedMessages(Integer.MAX_VALUE);
    MessageConsumer<Command> commands = vertx.eventBus().consumer(options, this::receive);
    consumer = Optional.of(commands);
    return commands.completion();
  }

  /** Finishes what was accepted. */
  @Override
  public Future<?> stop() {
    stopping = true;
    Future<?> closed =
        consumer.<Future<?>>map(MessageConsumer::unregister).orElseGet(Future::succeededFuture);
    finishIfIdle();
    return closed.compose(done -> idle.future());
  }

  private void receive(Message<Command> message) {
    Promise<Reply> reply = Promise.promise();
    reply
        .future()
        .onSuccess(message::reply)
        .onFailure(cause -> message.fail(code(cause).number(), cause.toString()));
    if (!turns.offer(new Mailbox.Waiting(message.body(), reply, System.nanoTime()))) {
      recorder.mailboxFull();
      reply.fail(failure(FailureCode.MAILBOX_FULL));
    } else if (!busy) {
      // On a fresh turn of the loop, so that what arrives together is committed together.
      busy = true;
      context.runOnContext(next -> nextBatch());
    }
  }

  private void nextBatch() {
    recorder.waiting(shard, turns.size());
    List<Mailbox.Waiting> batch = new ArrayList<>(turns.next());
    batch.removeIf(this::expired);
    if (batch.isEmpty()) {
      busy = !turns.isEmpty();
      if (busy) {
        context.runOnContext(next -> nextBatch());
      }
      finishIfIdle();
      return;
    }
    commit(batch, ATTEMPTS).onComplete(done -> context.runOnContext(next -> nextBatch()));
  }

  private boolean expired(Mailbox.Waiting waiting) {
    long nanos = System.nanoTime() - waiting.arrivedNanos();
    recorder.waited(nanos);
    boolean expired = nanos > limits.deadline().toNanos();
    if (expired) {
      waiting.reply().fail(failure(FailureCode.EXPIRED));
    }
    return expired;
  }

  /** Never fails: every command of the batch is answered, or back in its mailbox. */
  private Future<Void> commit(List<Mailbox.Waiting> batch, int attempts) {
    List<Command> commands = batch.stream().map(Mailbox.Waiting::command).toList();
    Set<TenantId> tenants = new LinkedHashSet<>();
    commands.forEach(command -> tenants.add(command.tenant()));
    Decided decided = new Decided();
    long started = System.nanoTime();
    return store
        .transact(tenants, CommandNeeds.of(commands), rows -> decided.decide(commands, rows))
        .onComplete(done ->
            recorder.transaction(batch.size(), System.nanoTime() - started, done.succeeded()))
        .onSuccess(committed -> answer(batch, decided.batch.orElseThrow()))
        .recover(cause ->
            decided.batch.isPresent() && attempts > 1 && StoreFailure.of(cause) == StoreFailure.LOST
                ? afterLostCommit(batch, decided.batch.get(), attempts)
                : recover(batch, attempts, cause));
  }

  /** The end of the lost transaction is waited for: then it is answered, or run again. */
  private Future<Void> afterLostCommit(List<Mailbox.Waiting> batch, Batch decided, int attempts) {
    return vertx
        .timer(RECONNECT_MS)
        .compose(later -> store.committed(decided.writes()))
        .transform(found -> {
          if (found.failed()) {
            return attempts > 1 && StoreFailure.of(found.cause()) != StoreFailure.REFUSED
                ? afterLostCommit(batch, decided, attempts - 1)
                : unavailable(batch, found.cause());
          }
          if (found.result()) {
            answer(batch, decided);
            return Future.succeededFuture();
          }
          return commit(batch, attempts - 1);
        });
  }

  /** Carries the decision out of the transaction. */
  private final class Decided {
    private Optional<Batch> batch = Optional.empty();

    BatchWrites decide(List<Command> commands, BatchRows rows) {
      Batch decided = Batch.decide(commands, rows, clock.instant().truncatedTo(ChronoUnit.MILLIS));
      batch = Optional.of(decided);
      return decided.writes();
    }
  }

  private void answer(List<Mailbox.Waiting> batch, Batch decided) {
    Map<TenantId, List<Mailbox.Waiting>> passedOver = new LinkedHashMap<>();
    Set<TenantId> served = new LinkedHashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      Mailbox.Waiting waiting = batch.get(i);
      TenantId tenant = waiting.command().tenant();
      Optional<Reply> reply = decided.replies().get(i);
      if (reply.isPresent()) {
        served.add(tenant);
        record(waiting.command(), reply.get());
        waiting.reply().complete(reply.get());
      } else {
        passedOver.computeIfAbsent(tenant, absent -> new ArrayList<>()).add(waiting);
      }
    }
    turns.served(served);
    passedOver.forEach(turns::passedOver);
    decided
        .writes()
        .tenants()
        .forEach(tenant -> vertx.eventBus().publish(BusAddress.PUSH_DUE, new PushDue(tenant.id())));
  }

  /**
   * A poisonous command fails alone: the batch is halved until it is found. What may pass by itself
   * is tried again.
   */
  private Future<Void> recover(List<Mailbox.Waiting> batch, int attempts, Throwable cause) {
    StoreFailure failure = StoreFailure.of(cause);
    if (failure == StoreFailure.CONTENTION && attempts > 1) {
      return commit(batch, attempts - 1);
    }
    if (failure != StoreFailure.REFUSED) {
      return unavailable(batch, cause);
    }
    if (batch.size() == 1) {
      LOG.atError().setCause(cause).log("Command failed alone: a defect");
      fail(batch, FailureCode.DEFECT);
      return Future.succeededFuture();
    }
    int half = batch.size() / 2;
    List<Mailbox.Waiting> first = List.copyOf(batch.subList(0, half));
    List<Mailbox.Waiting> second = List.copyOf(batch.subList(half, batch.size()));
    return commit(first, ATTEMPTS).compose(done -> commit(second, ATTEMPTS));
  }

  private static Future<Void> unavailable(List<Mailbox.Waiting> batch, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("commands", batch.size())
        .addKeyValue("cause", cause.toString())
        .log("Batch not answered: PostgreSQL is unavailable");
    fail(batch, FailureCode.UNAVAILABLE);
    return Future.succeededFuture();
  }

  private static void fail(List<Mailbox.Waiting> batch, FailureCode code) {
    batch.forEach(waiting -> waiting.reply().fail(failure(code)));
  }

  private static ReplyException failure(FailureCode code) {
    return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code.number(), code.name());
  }

  private static FailureCode code(Throwable cause) {
    return cause instanceof ReplyException failure
        ? FailureCode.of(failure.failureCode())
        : FailureCode.DEFECT;
  }

  private void finishIfIdle() {
    if (stopping && !busy && turns.isEmpty()) {
      idle.tryComplete();
    }
  }

  private void record(Command command, Reply reply) {
    switch (reply) {
      case Reply.Created created -> recorder.command(BatchJournal.operation(command), "written");
      case Reply.Written written -> recorder.command(BatchJournal.operation(command), "written");
      case Reply.Deleted deleted -> recorder.command(BatchJournal.operation(command), "deleted");
      case Reply.Rejected rejected -> recorder.command(BatchJournal.operation(command), "rejected");
      case Reply.Bulk bulk -> record((Command.Bulk) command, bulk);
    }
  }

  private void record(Command.Bulk bulk, Reply.Bulk reply) {
    for (int i = 0; i < bulk.steps().size(); i++) {
      Optional<Reply> one = reply.replies().get(i);
      if (bulk.steps().get(i) instanceof Command.Bulk.Step.Run run && one.isPresent()) {
        record(run.mutation(), one.get());
      }
    }
  }
}
