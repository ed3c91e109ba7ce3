package com.phonemos.scim.engine.keycloak;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Time that passes only from one event to the next, in one thread. */
final class VirtualTime implements Timers {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final RandomGenerator random;
  private long now;
  private long number;

  VirtualTime(RandomGenerator random) {
    this.random = random;
  }

  private record Event(long at, long number, Runnable task) {}

  long nanos() {
    return now;
  }

  long millis() {
    return now / 1_000_000;
  }

  @Override
  public void after(long delayMs, Runnable task) {
    events.add(new Event(now + delayMs * 1_000_000, number++, task));
  }

  /** Within a moment, so that whatever is asked for at once may happen in any order. */
  <T> Future<T> soon(java.util.function.Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    after(1 + random.nextInt(5), () -> task.get().onComplete(promise));
    return promise.future();
  }

  /** Lets time pass until {@code done}; answers whether it came to that within the limit. */
  boolean run(Duration limit, BooleanSupplier done) {
    long end = now + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (events.isEmpty() || events.peek().at > end) {
        now = end;
        return false;
      }
      Event event = events.remove();
      now = Math.max(now, event.at);
      event.task.run();
    }
    return true;
  }
}
